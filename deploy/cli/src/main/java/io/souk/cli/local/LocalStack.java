package io.souk.cli.local;

import io.souk.cli.Http;
import io.souk.cli.Installation;
import io.souk.stack.Bootstrap;
import io.souk.stack.CacheFolder;
import io.souk.stack.KafkaServer;
import io.souk.stack.LocalIssuer;
import io.souk.stack.Pause;
import io.souk.stack.PostgresServer;
import io.souk.stack.RedisServer;
import io.souk.stack.ServerCommand;
import io.souk.stack.StackException;
import io.souk.stack.StopSignal;
import org.jspecify.annotations.Nullable;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/**
 * The processes of one data folder. Safe for use by several threads; after {@link #stopAll} nothing starts any more, so that
 * a stop in the middle of a start leaves nothing behind.
 */
public final class LocalStack {
    private static final String DATABASE = "souk";
    private static final String TOPIC_PREFIX = "souk";
    private static final int EVENT_PARTITIONS = 8;
    private static final Duration READY = Duration.ofSeconds(90);
    private static final Duration LOOK = Duration.ofMillis(100);
    private static final Duration STOP_GRACE = Duration.ofSeconds(30);
    /** Writing an AOT cache takes a process 15 to 25 s of one core after its last request. */
    private static final Duration RECORD_GRACE = Duration.ofMinutes(4);

    private final Installation installation;
    private final DataFolder data;
    private final Ports ports;
    private final @Nullable Path recordInto;
    private final Map<String, String> settings;
    private final Http http = new Http();
    private boolean stopping;

    private LocalStack(
            Installation installation,
            DataFolder data,
            Ports ports,
            @Nullable Path recordInto,
            Map<String, String> settings) {
        this.installation = installation;
        this.data = data;
        this.ports = ports;
        this.recordInto = recordInto;
        this.settings = Map.copyOf(settings);
    }

    public static LocalStack of(Installation installation, DataFolder data, Ports ports) {
        return new LocalStack(installation, data, ports, null, Map.of());
    }

    /** One whose JVMs write their AOT caches, as {@code NAME.aot}, into the folder when they are stopped. */
    public static LocalStack recording(Installation installation, DataFolder data, Ports ports, Path folder) {
        return new LocalStack(installation, data, ports, folder, Map.of());
    }

    /** The same one for services with more settings, environment variables by their names. */
    public LocalStack with(Map<String, String> more) {
        return new LocalStack(installation, data, ports, recordInto, more);
    }

    /** The same one on other ports. */
    public LocalStack on(Ports others) {
        return new LocalStack(installation, data, others, recordInto, settings);
    }

    public DataFolder data() {
        return data;
    }

    public Ports ports() {
        return ports;
    }

    /** The component's process, if it runs. */
    public Optional<ProcessHandle> running(Component component) {
        return data.processOf(component).running();
    }

    public List<Component> runningOnes() {
        return Arrays.stream(Component.values())
                .filter(component -> running(component).isPresent())
                .toList();
    }

    /** Those whose process has ended without having been stopped. */
    public List<Component> deadOnes() {
        return Arrays.stream(Component.values())
                .filter(component -> running(component).isEmpty())
                .filter(component -> Files.exists(data.processOf(component).file()))
                .toList();
    }

    /** Writes down how it was started, for the commands that come later. */
    public void remember() {
        new RunState(
                        Installation.version(),
                        Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
                        ports)
                .write(data);
    }

    /**
     * Starts everything: servers and gateway at once, then the services at once. Comes back when all answer, the services through the
     * gateway too; throws as soon as
     * one of them ends or does not answer in time, and then leaves it to the caller to stop what runs.
     *
     * @param ready is told each component as it answers
     */
    public void startAll(Consumer<Component> ready) {
        data.issuer(); // the gateway serves its keys, the services trust them
        InParallel.untilOneFails(List.of(() -> start(Component.GATEWAY, ready), () -> {
            startAll(Component.servers(), ready);
            startAll(Component.services(), ready);
        }));
        awaitThroughGateway();
    }

    private void awaitThroughGateway() {
        var all = URI.create(ports.url(Component.GATEWAY) + "/health/ready");
        long deadline = System.nanoTime() + READY.toNanos();
        while (!http.isOk(all)) {
            if (System.nanoTime() - deadline > 0) {
                throw new StackException(
                        "The services answer, but not through the gateway; ./souk logs gateway says more.");
            }
            Pause.between(LOOK);
        }
    }

    private void startAll(List<Component> components, Consumer<Component> ready) {
        InParallel.untilOneFails(components.stream()
                .<Runnable>map(component -> () -> start(component, ready))
                .toList());
    }

    /** Starts one component and comes back when it answers. */
    public void start(Component component, Consumer<Component> ready) {
        var command = command(component);
        var process = launch(component, command);
        command.awaitReady(process, READY);
        if (component == Component.POSTGRES) {
            layOutDatabase();
        }
        ready.accept(component);
    }

    private synchronized ProcessHandle launch(Component component, ServerCommand command) {
        if (stopping) {
            throw new StackException("The stack is being stopped.");
        }
        var process = command.startDetached().toHandle();
        try {
            data.processOf(component).write(process);
        } catch (StackException e) {
            process.destroyForcibly(); // nobody would find it again
            process.onExit().join();
            throw e;
        }
        return process;
    }

    private void layOutDatabase() {
        var passwords = new HashMap<>(Passwords.in(data.passwordFile()).byRole());
        passwords.put("postgres", PostgresServer.superuserPassword(data.of(Component.POSTGRES)));
        Bootstrap.run("127.0.0.1", ports.of(Component.POSTGRES), DATABASE, passwords);
    }

    /** Stops what runs: gateway and services first, then the servers under them. */
    public void stopAll(Consumer<Component> stopped) {
        synchronized (this) {
            stopping = true;
        }
        var above = new ArrayList<>(Component.services());
        above.add(Component.GATEWAY);
        stopAll(above, stopped);
        stopAll(Component.servers(), stopped);
    }

    /** Stops one component in good order, by force when it takes too long; nothing happens to one that does not run. */
    public void stop(Component component, Consumer<Component> stopped) {
        var file = data.processOf(component);
        file.running().ifPresent(process -> {
            signal(component).stop(process, recordInto == null ? STOP_GRACE : RECORD_GRACE);
            stopped.accept(component);
        });
        file.delete();
    }

    private static StopSignal signal(Component component) {
        return component == Component.POSTGRES ? PostgresServer.STOP_SIGNAL : StopSignal.TERMINATE;
    }

    /** How a component is started; makes the files that it needs and starts nothing. */
    public ServerCommand command(Component component) {
        int port = ports.of(component);
        return switch (component) {
            case POSTGRES -> PostgresServer.command(CacheFolder.ofUser(), data.of(component), port, Map.of());
            case REDIS -> RedisServer.command(CacheFolder.ofUser(), data.of(component), port, Map.of());
            case KAFKA -> KafkaServer.command(data.of(component), port, Map.of());
            case CATALOG, INVENTORY, ORDERS, SEARCH, GATEWAY -> ownProgram(component, port);
        };
    }

    private ServerCommand ownProgram(Component component, int port) {
        var jar = installation.jar(component);
        if (!Files.exists(jar)) {
            throw new StackException("%s is not built; ./souk build does it.".formatted(component.label()));
        }
        var line = new ArrayList<String>();
        line.add(Installation.java().toString());
        line.addAll(JvmOptions.sizes(component));
        line.addAll(aot(component));
        line.addAll(List.of("-jar", jar.toString()));
        boolean gateway = component == Component.GATEWAY;
        var ready = URI.create(ports.url(component) + (gateway ? "/health/live" : "/q/health/ready"));
        return new ServerCommand(
                component.label(),
                line,
                gateway ? gatewayEnvironment() : serviceEnvironment(component),
                data.path(),
                port,
                data.logOf(component),
                StopSignal.TERMINATE,
                () -> http.isOk(ready));
    }

    /** A new connection to a service's schema as one of its roles: {@code owner}, {@code app} or {@code worker}. */
    public Connection connect(Component service, String role) throws SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:%d/%s".formatted(ports.of(Component.POSTGRES), DATABASE),
                service.label() + "_" + role,
                password(service, role));
    }

    /** A new connection to the database as its superuser. */
    public Connection connectAsSuperuser() throws SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:%d/%s".formatted(ports.of(Component.POSTGRES), DATABASE),
                "postgres",
                PostgresServer.superuserPassword(data.of(Component.POSTGRES)));
    }

    /** Of one of a service's roles in the database. */
    public String password(Component service, String role) {
        return Passwords.in(data.passwordFile()).of(service, role);
    }

    private List<String> aot(Component component) {
        return recordInto == null
                ? JvmOptions.startingFast(installation, component)
                : JvmOptions.recording(recordInto.resolve(component.label() + ".aot"));
    }

    private Map<String, String> serviceEnvironment(Component service) {
        var passwords = Passwords.in(data.passwordFile());
        var issuer = data.issuer();
        var environment = new HashMap<>(Map.ofEntries(
                Map.entry("QUARKUS_HTTP_HOST", "127.0.0.1"),
                Map.entry("QUARKUS_HTTP_PORT", Integer.toString(ports.of(service))),
                Map.entry("QUARKUS_SHUTDOWN_DELAY", "PT0S"), // the gateway does not balance between replicas
                Map.entry("SOUK_DB_HOST", "127.0.0.1"),
                Map.entry("SOUK_DB_PORT", Integer.toString(ports.of(Component.POSTGRES))),
                Map.entry("SOUK_DB_NAME", DATABASE),
                Map.entry("SOUK_DB_OWNER_PASSWORD", passwords.of(service, "owner")),
                Map.entry("SOUK_DB_APP_PASSWORD", passwords.of(service, "app")),
                Map.entry("SOUK_DB_WORKER_PASSWORD", passwords.of(service, "worker")),
                Map.entry("SOUK_REDIS_URL", "redis://127.0.0.1:" + ports.of(Component.REDIS)),
                Map.entry("KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:" + ports.of(Component.KAFKA)),
                Map.entry("SOUK_TOKEN_ISSUER", issuer.issuer()),
                Map.entry("SOUK_TOKEN_AUDIENCE", issuer.audience()),
                Map.entry("SOUK_TOKEN_JWKS_URL", ports.url(Component.GATEWAY) + "/.well-known/jwks.json"),
                Map.entry("SOUK_EVENTS_TOPIC_PREFIX", TOPIC_PREFIX),
                Map.entry("SOUK_EVENTS_PARTITIONS", Integer.toString(EVENT_PARTITIONS)),
                Map.entry(
                        "SOUK_SEARCH_INDEX_DIR",
                        data.of(Component.SEARCH).resolve("index").toString()),
                Map.entry("SOUK_CATALOG_URL", ports.url(Component.CATALOG)),
                Map.entry("SOUK_INVENTORY_URL", ports.url(Component.INVENTORY))));
        environment.putAll(settings);
        return environment;
    }

    private Map<String, String> gatewayEnvironment() {
        return Map.of(
                "SOUK_GATEWAY_PORT", Integer.toString(ports.of(Component.GATEWAY)),
                "SOUK_CATALOG_URL", ports.url(Component.CATALOG),
                "SOUK_INVENTORY_URL", ports.url(Component.INVENTORY),
                "SOUK_ORDERS_URL", ports.url(Component.ORDERS),
                "SOUK_SEARCH_URL", ports.url(Component.SEARCH),
                "SOUK_TOKEN_ISSUER", data.issuer().issuer(),
                "SOUK_TOKEN_JWKS_FILE",
                        LocalIssuer.jwksFile(data.issuerFolder()).toString());
    }

    /** Each is tried, whatever becomes of the others. */
    private void stopAll(List<Component> components, Consumer<Component> stopped) {
        try (var tasks = Executors.newVirtualThreadPerTaskExecutor()) {
            CompletableFuture.allOf(components.stream()
                            .map(component -> CompletableFuture.runAsync(() -> stop(component, stopped), tasks))
                            .toArray(CompletableFuture[]::new))
                    .join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof StackException known ? known : e;
        }
    }
}
