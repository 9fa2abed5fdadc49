package io.souk.stack;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/**
 * A process, told apart from a later one that was given the same number.
 *
 * @param started when it started, as the operating system says; {@link Instant#EPOCH} where that is not known
 */
public record ProcessId(long pid, Instant started) {
    /** The start is counted from the machine's own, which moves when the clock is set; numbers are not given again that fast. */
    private static final Duration CLOCK_STEP = Duration.ofSeconds(10);

    public static ProcessId of(ProcessHandle process) {
        return new ProcessId(process.pid(), process.info().startInstant().orElse(Instant.EPOCH));
    }

    /** The inverse of {@link #toString}; throws {@link IllegalArgumentException} for any other text. */
    public static ProcessId parse(String text) {
        var parts = text.strip().split("@", -1);
        if (parts.length != 2) {
            throw new IllegalArgumentException("not a process: " + text);
        }
        try {
            return new ProcessId(Long.parseLong(parts[0]), Instant.parse(parts[1]));
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException("not a process: " + text, e);
        }
    }

    /** The process, if it still runs. */
    public Optional<ProcessHandle> find() {
        return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).filter(this::isSame);
    }

    private boolean isSame(ProcessHandle process) {
        var other = ProcessId.of(process).started;
        return Duration.between(started, other).abs().compareTo(CLOCK_STEP) <= 0;
    }

    @Override
    public String toString() {
        return pid + "@" + started;
    }
}
