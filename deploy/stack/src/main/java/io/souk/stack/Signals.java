package io.souk.stack;

import java.io.IOException;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Signals that {@link ProcessHandle} cannot send, by the shell's own {@code kill}. A process that has ended gets none. */
public final class Signals {
    private Signals() {}

    /** Stops a process and those that it has started where they are: connections stay, answers do not come. */
    public static void freeze(ProcessHandle process) {
        send("STOP", Stream.concat(Stream.of(process), process.descendants()));
    }

    /** Lets go on what was frozen. */
    public static void thaw(ProcessHandle process) {
        send("CONT", Stream.concat(Stream.of(process), process.descendants()));
    }

    static void interrupt(ProcessHandle process) {
        send("INT", Stream.of(process));
    }

    private static void send(String signal, Stream<ProcessHandle> processes) {
        var pids = processes
                .filter(ProcessHandle::isAlive)
                .map(process -> Long.toString(process.pid()))
                .collect(Collectors.joining(" "));
        if (pids.isEmpty()) {
            return;
        }
        try {
            new ProcessBuilder("/bin/sh", "-c", "kill -%s %s 2>/dev/null".formatted(signal, pids))
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new StackException("Process %s could not be sent SIG%s.".formatted(pids, signal), e);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
