package io.souk.chaos.fleet;

import io.souk.chaos.proxy.TcpProxy;
import io.souk.chaos.proxy.Weather;
import io.souk.cli.Http;
import io.souk.cli.Installation;
import io.souk.cli.local.Component;
import io.souk.cli.local.DataFolder;
import io.souk.cli.local.InParallel;
import io.souk.cli.local.LocalStack;
import io.souk.cli.local.Ports;
import io.souk.stack.FreePort;
import io.souk.stack.KafkaServer;
import io.souk.stack.ServerCommand;
import io.souk.stack.StackException;
import io.souk.stack.TokenRequest;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Three servers, the services and the gateway, on data and ports of their own. Each replica reaches each server through a proxy
 * that only it uses, so that one can be cut off while its twin is not. Kafka tells each replica an address that leads through its
 * own proxy: a listener per replica, and one without a proxy for Kafka itself and for the suite.
 */
public final class Fleet implements AutoCloseable {
    public static final String GATEWAY = "gateway";

    private static final String OPERATOR = "operator";
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration TOKEN_LIFE = Duration.ofHours(12);

    /** Deadlines far shorter than in a shop, so that faults outlast them and orders end by them; pools that one server has room for. */
    private static final Map<String, String> SETTINGS = Map.of(
            "QUARKUS_DATASOURCE_REACTIVE_MAX_SIZE", "8",
            "SOUK_CHECKOUT_RESERVATION_DEADLINE", "PT15S",
            "SOUK_CHECKOUT_PAYMENT_DEADLINE", "PT8S",
            "SOUK_CHECKOUT_CONFIRMATION_DEADLINE", "PT15S",
            "SOUK_INVENTORY_RESERVATION_LIFETIME", "PT45S");

    /** How long an order may take that waits for each of its answers as long as it may. */
    public static final Duration LONGEST_CHECKOUT = Duration.ofSeconds(15 + 8 + 15);

    private final LocalStack stack;
    private final int controllerPort = FreePort.next();
    private final Map<String, Replica> replicas = new LinkedHashMap<>();
    private final Map<String, Node> nodes = new LinkedHashMap<>();
    private final Thread atExit = new Thread(this::killAll, "kill");
    private final Http http = new Http();
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build();

    public Fleet(Installation installation, Path folder) {
        var data = new DataFolder(folder);
        data.prepare();
        stack = LocalStack.of(installation, data, Ports.free());
        Stream.of(
                        Replica.of(Component.CATALOG, 1, stack.ports()),
                        Replica.of(Component.CATALOG, 2, stack.ports()),
                        Replica.of(Component.INVENTORY, 1, stack.ports()),
                        Replica.of(Component.INVENTORY, 2, stack.ports()),
                        Replica.of(Component.ORDERS, 1, stack.ports()),
                        Replica.of(Component.ORDERS, 2, stack.ports()),
                        Replica.of(Component.SEARCH, 1, stack.ports()))
                .forEach(replica -> replicas.put(replica.name(), replica));
        add("postgres", () -> stack.command(Component.POSTGRES));
        add("redis", () -> stack.command(Component.REDIS));
        add("kafka", this::kafka);
        add(GATEWAY, () -> stack.command(Component.GATEWAY));
        replicas.forEach((name, replica) -> add(name, () -> command(replica)));
        Runtime.getRuntime().addShutdownHook(atExit);
    }

    private void add(String name, Supplier<ServerCommand> command) {
        nodes.put(name, new Node(name, command));
    }

    /**
     * Starts everything, one layer after the other; comes back when all answer.
     *
     * @param told is given each name as it answers
     */
    public void start(Consumer<String> told) {
        stack.data().issuer();
        stack.start(Component.POSTGRES, _ -> {}); // once by the stack, which lays the database out
        Journal.keepCommitMoments(new Database(this));
        stack.stop(Component.POSTGRES, _ -> {});
        start(List.of("postgres", "redis", "kafka", GATEWAY), told);
        start(replicas(), told);
    }

    private void start(List<String> names, Consumer<String> told) {
        InParallel.untilOneFails(names.stream()
                .<Runnable>map(name -> () -> {
                    node(name).start();
                    told.accept(name);
                })
                .toList());
    }

    private ServerCommand kafka() {
        var listeners = new ArrayList<>(List.of("PLAINTEXT://127.0.0.1:" + port(Server.KAFKA)));
        var advertised = new ArrayList<>(listeners);
        var protocols = new ArrayList<>(List.of("PLAINTEXT:PLAINTEXT", "CONTROLLER:PLAINTEXT"));
        for (var replica : replicas.values()) {
            listeners.add("%s://127.0.0.1:%d".formatted(replica.listener(), replica.kafkaPort()));
            advertised.add("%s://127.0.0.1:%d"
                    .formatted(replica.listener(), replica.way(Server.KAFKA).port()));
            protocols.add(replica.listener() + ":PLAINTEXT");
        }
        listeners.add("CONTROLLER://127.0.0.1:" + controllerPort);
        return KafkaServer.command(
                folder().resolve("kafka"),
                port(Server.KAFKA),
                Map.of(
                        "listeners", String.join(",", listeners),
                        "advertised.listeners", String.join(",", advertised),
                        "listener.security.protocol.map", String.join(",", protocols),
                        "controller.quorum.voters", "1@127.0.0.1:" + controllerPort));
    }

    private ServerCommand command(Replica replica) {
        var usual = stack.command(replica.service());
        var ready = URI.create(replica.url() + "/q/health/ready");
        return new ServerCommand(
                replica.name(),
                usual.line(),
                replica.environment(usual.environment(), settings()),
                usual.directory(),
                replica.port(),
                folder().resolve(replica.name() + ".log"),
                usual.stopSignal(),
                () -> http.isOk(ready));
    }

    private Map<String, String> settings() {
        var settings = new HashMap<>(SETTINGS);
        settings.put("SOUK_PAYMENT_SANDBOX_BOOK", providerBook().toString());
        return settings;
    }

    /** Where the payment provider keeps its own books, which no fault strikes. */
    public Path providerBook() {
        return folder().resolve("sandbox.jsonl").toAbsolutePath();
    }

    /** A process by its name: a server's, a replica's, or the gateway's. */
    public Node node(String name) {
        return Objects.requireNonNull(nodes.get(name), name);
    }

    /** All processes. */
    public Collection<Node> nodes() {
        return nodes.values();
    }

    /** The names of all replicas. */
    public List<String> replicas() {
        return List.copyOf(replicas.keySet());
    }

    /** How one replica reaches one server from now on. */
    public void weather(String replica, Server server, Weather weather) {
        replica(replica).way(server).weather(weather);
    }

    private Replica replica(String name) {
        return Objects.requireNonNull(replicas.get(name), name);
    }

    /** Where a server listens itself, past all proxies. */
    public int port(Server server) {
        return stack.ports().of(server.component());
    }

    /** Where requests go: to the gateway, or to a replica. */
    public URI url(String door) {
        return URI.create(
                door.equals(GATEWAY)
                        ? stack.ports().url(Component.GATEWAY)
                        : replica(door).url());
    }

    public String token(String tenant, String role) {
        return token(tenant, role, role);
    }

    public String token(String tenant, String role, String subject) {
        return issued(tenant, role, subject);
    }

    private String issued(@Nullable String tenant, String role, String subject) {
        return stack.data().issuer().token(new TokenRequest(tenant, Set.of(role), subject, null, TOKEN_LIFE));
    }

    /** What a GET is answered, whatever the status; throws when nothing is. */
    public HttpResponse<byte[]> get(String door, String tenant, String role, String path, String... headers) {
        var request = request(door, path, token(tenant, role));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return send(request);
    }

    /** What an operator's GET is answered. */
    public HttpResponse<byte[]> operator(String door, String path) {
        return send(request(door, path, issued(null, OPERATOR, OPERATOR)));
    }

    /** What an operator's POST without a body is answered. */
    public HttpResponse<byte[]> post(String door, String path) {
        return send(request(door, path, issued(null, OPERATOR, OPERATOR)).POST(BodyPublishers.noBody()));
    }

    /** What a POST without a body is answered. */
    public HttpResponse<byte[]> post(String door, String tenant, String role, String path) {
        return send(request(door, path, token(tenant, role)).POST(BodyPublishers.noBody()));
    }

    private HttpRequest.Builder request(String door, String path, String token) {
        return HttpRequest.newBuilder(url(door).resolve(path))
                .timeout(PATIENCE)
                .header("Authorization", "Bearer " + token);
    }

    private HttpResponse<byte[]> send(HttpRequest.Builder request) {
        var built = request.build();
        try {
            return client.send(built, BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new StackException("%s does not answer: %s.".formatted(built.uri(), e), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StackException("Interrupted.", e);
        }
    }

    /** Where the servers keep their data and all processes their logs. */
    public Path folder() {
        return stack.data().path();
    }

    private void killAll() {
        nodes.values().forEach(Node::kill);
    }

    /** Kills everything; what is wanted of it has been read by then. */
    @Override
    public void close() {
        killAll();
        replicas.values().forEach(replica -> replica.ways().values().forEach(TcpProxy::close));
        Runtime.getRuntime().removeShutdownHook(atExit);
    }
}
