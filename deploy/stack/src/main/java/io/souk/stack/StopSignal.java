package io.souk.stack;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** How a server is asked to end in good order. */
public enum StopSignal {
    /** PostgreSQL: roll back, write everything, end. Its answer to TERM would wait until every client has left. */
    INTERRUPT,
    /** Everything else. */
    TERMINATE;

    private static final Duration KILL_GRACE = Duration.ofSeconds(10);

    /**
     * Ends the process and comes back when it is gone: by this signal, or by KILL once {@code grace} is over. Does nothing
     * to a process that has ended.
     *
     * @return whether it went in good order
     */
    public boolean stop(ProcessHandle process, Duration grace) {
        send(process);
        if (ended(process, grace)) {
            return true;
        }
        process.destroyForcibly();
        if (!ended(process, KILL_GRACE)) {
            throw new StackException("Process %d does not end, not even when killed.".formatted(process.pid()));
        }
        return false;
    }

    private void send(ProcessHandle process) {
        if (this == TERMINATE) {
            process.destroy();
        } else {
            Signals.interrupt(process);
        }
    }

    private static boolean ended(ProcessHandle process, Duration within) {
        try {
            process.onExit().get(within.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException _) {
            return !process.isAlive();
        } catch (ExecutionException e) {
            throw new IllegalStateException("waiting for process " + process.pid(), e);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return !process.isAlive();
        }
    }
}
