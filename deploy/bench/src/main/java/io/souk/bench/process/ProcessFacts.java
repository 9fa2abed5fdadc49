package io.souk.bench.process;

import io.souk.stack.StackException;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Read from {@code /proc}: Linux only. Throws a sentence where that is not there, or the process has ended. */
public final class ProcessFacts {
    /** {@code USER_HZ}, in which {@code /proc/PID/stat} counts on every Linux that runs a JVM. */
    private static final Duration CLOCK_TICK = Duration.ofMillis(10);

    /** Of the fields after the command's name, see {@code proc(5)}: utime and stime, both in ticks. */
    private static final int USER_TIME = 11;

    private static final int NAME_LENGTH = 15;

    private ProcessFacts() {}

    /** CPU time that all threads of the process have used so far, in user and kernel mode, to 10 ms. */
    public static Duration cpuTime(long pid) {
        var stat = read(pid, "stat");
        var fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return CLOCK_TICK.multipliedBy(Long.parseLong(fields[USER_TIME]) + Long.parseLong(fields[USER_TIME + 1]));
    }

    /** How the process was started, word by word. */
    public static List<String> commandLine(long pid) {
        return List.of(read(pid, "cmdline").split("\0"));
    }

    /** What {@code -Xmx} says of the process or the first of its children that has one; empty where none is a JVM with one. */
    public static Optional<String> maxHeap(ProcessHandle process) {
        return Stream.concat(Stream.of(process), process.descendants())
                .flatMap(one -> commandLine(one.pid()).stream())
                .filter(word -> word.startsWith("-Xmx"))
                .map(word -> word.substring("-Xmx".length()))
                .findFirst();
    }

    /** How many threads' names begin so; Linux keeps the first 15 characters of a name. */
    public static int threads(long pid, String beginning) {
        var shown = beginning.substring(0, Math.min(beginning.length(), NAME_LENGTH));
        try (var tasks = Files.list(Path.of("/proc", Long.toString(pid), "task"))) {
            return (int) tasks.filter(task ->
                            read(pid, "task/" + task.getFileName() + "/comm").startsWith(shown))
                    .count();
        } catch (IOException e) {
            throw new StackException("The threads of %d cannot be listed: %s.".formatted(pid, e.getMessage()), e);
        }
    }

    private static String read(long pid, String file) {
        try {
            return Files.readString(Path.of("/proc", Long.toString(pid), file), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new StackException("/proc/%d/%s cannot be read: %s.".formatted(pid, file, e.getMessage()), e);
        }
    }
}
