package io.souk.stack;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** How a server is asked to end in good order. */
public enum StopSignal {
    /** PostgreSQL: roll back, write everything, end. Its answer to TERM would wait until every client has left. */
    INTERRUPT("INT"),
    /** Everything else. */
    TERMINATE("TERM");

    private static final Duration KILL_GRACE = Duration.ofSeconds(10);

    private final String signal;

    StopSignal(String signal) {
        this.signal = signal;
    }

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
        } else if (process.isAlive()) {
            Signals.send(signal, process.pid());
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

    /** Signals that {@link ProcessHandle} cannot send, by the shell's own {@code kill}. */
    static final class Signals {
        private Signals() {}

        static void send(String signal, long pid) {
            try {
                new ProcessBuilder("/bin/sh", "-c", "kill -%s %d 2>/dev/null".formatted(signal, pid))
                        .start()
                        .waitFor();
            } catch (IOException e) {
                throw new StackException("Process %d could not be sent SIG%s.".formatted(pid, signal), e);
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
