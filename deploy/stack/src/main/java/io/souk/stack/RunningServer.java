package io.souk.stack;

import java.time.Duration;

/** A server that was started as a child and answers. Ends when closed, at the latest when its launcher ends in good order. */
final class RunningServer implements AutoCloseable {
    private static final Duration GRACE = Duration.ofSeconds(20);

    private final ServerCommand command;
    private final Process process;
    private final Thread atExit;

    private RunningServer(ServerCommand command, Process process) {
        this.command = command;
        this.process = process;
        this.atExit = new Thread(this::stop, command.name() + " stop");
    }

    static RunningServer start(ServerCommand command, Duration timeout) {
        var server = new RunningServer(command, command.start());
        Runtime.getRuntime().addShutdownHook(server.atExit);
        try {
            command.awaitReady(server.process.toHandle(), timeout);
            return server;
        } catch (StackException e) {
            server.close();
            throw e;
        }
    }

    int port() {
        return command.port();
    }

    Process process() {
        return process;
    }

    @Override
    public void close() {
        stop();
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException _) {
            // The JVM is ending, so the hook runs as well; stopping twice is harmless.
        }
    }

    private void stop() {
        command.stopSignal().stop(process.toHandle(), GRACE);
    }
}
