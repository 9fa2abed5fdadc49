package io.souk.bench.stack;

import io.souk.cli.Installation;
import io.souk.cli.local.Component;
import io.souk.cli.local.DataFolder;
import io.souk.cli.local.LocalStack;
import io.souk.cli.local.Ports;
import io.souk.stack.CacheFolder;
import io.souk.stack.Folders;
import io.souk.stack.FreePort;
import io.souk.stack.StackException;
import io.souk.stack.StopSignal;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** A stack on a data folder of its own. Both are gone when it is closed, or when the process ends before. */
public final class OwnStack implements AutoCloseable {
    private static final Duration READY = Duration.ofSeconds(90);
    private static final Duration STOP_GRACE = Duration.ofSeconds(30);

    private final LocalStack stack;
    private final List<ProcessHandle> replicas = new CopyOnWriteArrayList<>();
    private final Thread atExit = new Thread(this::clear, "clear");

    public OwnStack(Installation installation, Ports ports) {
        this(installation, ports, Map.of());
    }

    private OwnStack(Installation installation, Ports ports, Map<String, String> settings) {
        var data = new DataFolder(
                CacheFolder.ofUser().resolve("bench-" + ProcessHandle.current().pid()));
        stack = LocalStack.of(installation, data, ports).with(settings);
        Runtime.getRuntime().addShutdownHook(atExit);
        data.prepare();
    }

    /** On free ports, of what the sources say now. */
    public static OwnStack built(Installation installation) {
        return built(installation, Map.of());
    }

    /** With settings for the services, environment variables by their names. */
    public static OwnStack built(Installation installation, Map<String, String> settings) {
        SoukCommand.run(installation, "build");
        return new OwnStack(installation, Ports.free(), settings);
    }

    /** Starts everything, with no data, and comes back when all answer. */
    public void start() {
        stack.remember();
        stack.startAll(_ -> {});
    }

    /** Starts these alone, one after the other; servers come before the services that need them. */
    public void start(Component... components) {
        stack.remember();
        data().issuer(); // the gateway serves its keys, the services trust them
        for (var component : components) {
            stack.start(component, _ -> {});
        }
    }

    /** Starts what cards need: the inventory vouches for the availabilities on them. */
    public void startForCards() {
        start(
                Component.POSTGRES,
                Component.REDIS,
                Component.KAFKA,
                Component.GATEWAY,
                Component.CATALOG,
                Component.INVENTORY);
    }

    /** Starts a service that takes another component for listening on that port. */
    public void startWith(Component service, Component other, int port) {
        stack.on(but(other, port)).start(service, _ -> {});
    }

    private Ports but(Component component, int port) {
        var numbers = new EnumMap<Component, Integer>(ports().numbers());
        numbers.put(component, port);
        return new Ports(numbers);
    }

    /** Starts one more process of a service, on a port of its own, which this gives; it ends with the stack. */
    public int startReplica(Component service) {
        int port = FreePort.next();
        var command = stack.on(but(service, port)).command(service);
        var process = command.startDetached().toHandle();
        replicas.add(process);
        command.awaitReady(process, READY);
        return port;
    }

    /** The process of a component; throws when it does not run. */
    public ProcessHandle process(Component component) {
        return stack.running(component)
                .orElseThrow(() -> new StackException("%s does not run.".formatted(component.label())));
    }

    /** Stops one component for the rest of the run. */
    public void stop(Component component) {
        stack.stop(component, _ -> {});
    }

    /** A new connection to a service's schema as one of its roles, such as {@code worker}. */
    public Connection connect(Component service, String role) throws SQLException {
        return stack.connect(service, role);
    }

    /** A new connection to the database as its superuser. */
    public Connection connectAsSuperuser() throws SQLException {
        return stack.connectAsSuperuser();
    }

    /** Of such a role. */
    public String password(Component service, String role) {
        return stack.password(service, role);
    }

    public DataFolder data() {
        return stack.data();
    }

    public Ports ports() {
        return stack.ports();
    }

    @Override
    public void close() {
        clear();
        Runtime.getRuntime().removeShutdownHook(atExit);
    }

    private void clear() {
        replicas.forEach(replica -> StopSignal.TERMINATE.stop(replica, STOP_GRACE));
        stack.stopAll(_ -> {});
        try {
            Folders.delete(data().path());
        } catch (IOException e) {
            throw new StackException(
                    "The folder %s cannot be deleted: %s.".formatted(data().path(), e.getMessage()), e);
        }
    }
}
