package io.souk.bench.stack;

import io.souk.cli.Installation;
import io.souk.cli.local.Component;
import io.souk.cli.local.DataFolder;
import io.souk.cli.local.LocalStack;
import io.souk.cli.local.Ports;
import io.souk.stack.CacheFolder;
import io.souk.stack.Folders;
import io.souk.stack.StackException;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;

/** A stack on a data folder of its own. Both are gone when it is closed, or when the process ends before. */
public final class OwnStack implements AutoCloseable {
    private final LocalStack stack;
    private final Thread atExit = new Thread(this::clear, "clear");

    public OwnStack(Installation installation, Ports ports) {
        var data = new DataFolder(
                CacheFolder.ofUser().resolve("bench-" + ProcessHandle.current().pid()));
        stack = LocalStack.of(installation, data, ports);
        Runtime.getRuntime().addShutdownHook(atExit);
        data.prepare();
    }

    /** Starts everything, with no data, and comes back when all answer. */
    public void start() {
        stack.remember();
        stack.startAll(_ -> {});
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
        stack.stopAll(_ -> {});
        try {
            Folders.delete(data().path());
        } catch (IOException e) {
            throw new StackException(
                    "The folder %s cannot be deleted: %s.".formatted(data().path(), e.getMessage()), e);
        }
    }
}
