package io.souk.chaos.fleet;

import io.souk.stack.ServerCommand;
import io.souk.stack.Signals;
import io.souk.stack.StackException;
import io.souk.stack.StopSignal;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** A process under test. Safe for several threads; what is done to one process is done one after the other. */
public final class Node {
    private static final Duration READY = Duration.ofMinutes(2);
    private static final Duration STOP_GRACE = Duration.ofSeconds(30);
    private static final int KILL_SECONDS = 10;

    private final String name;
    private final Supplier<ServerCommand> command;
    private Optional<ProcessHandle> process = Optional.empty();
    private StopSignal signal = StopSignal.TERMINATE;
    private boolean wanted;

    /** @param command how to start it; asked for each time, since it may mend what a crash has left */
    Node(String name, Supplier<ServerCommand> command) {
        this.name = name;
        this.command = command;
    }

    public String name() {
        return name;
    }

    /** Starts it, unless it runs, and comes back when it answers; throws when it does not. */
    public void start() {
        var how = command.get();
        how.awaitReady(launched(how), READY);
    }

    private synchronized ProcessHandle launched(ServerCommand how) {
        wanted = true;
        signal = how.stopSignal();
        var running = process.filter(ProcessHandle::isAlive);
        if (running.isPresent()) {
            return running.get();
        }
        var started = how.startDetached().toHandle();
        process = Optional.of(started);
        return started;
    }

    /** Whether it should run and does not: it has ended by itself. */
    public synchronized boolean hasEndedByItself() {
        return wanted && process.filter(ProcessHandle::isAlive).isEmpty();
    }

    /** SIGKILL, for those that it has started too; comes back when they are gone. */
    public synchronized void kill() {
        wanted = false;
        process.ifPresent(killed -> {
            var family = killed.descendants().toList();
            killed.destroyForcibly();
            family.forEach(ProcessHandle::destroyForcibly);
            awaitEnd(killed);
            family.forEach(Node::awaitEnd);
        });
    }

    private static void awaitEnd(ProcessHandle process) {
        process.onExit()
                .completeOnTimeout(process, KILL_SECONDS, TimeUnit.SECONDS)
                .join();
        if (process.isAlive()) {
            throw new StackException("Process %d does not end, not even when killed.".formatted(process.pid()));
        }
    }

    /** In good order, by force when that takes too long. */
    public synchronized void stop() {
        wanted = false;
        process.filter(ProcessHandle::isAlive).ifPresent(running -> signal.stop(running, STOP_GRACE));
    }

    /** SIGSTOP: connections stay, answers do not come. */
    public synchronized void freeze() {
        process.ifPresent(Signals::freeze);
    }

    /** SIGCONT. */
    public synchronized void thaw() {
        process.ifPresent(Signals::thaw);
    }
}
