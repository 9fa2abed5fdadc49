package io.souk.stack;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A process, told apart from a later one that was given the same number.
 *
 * @param started when it started, as the operating system says; {@link Instant#EPOCH} where that is not known
 */
public record ProcessId(long pid, Instant started) {
    /** The start is computed from the machine's boot time, which moves when the clock is set. */
    private static final Duration CLOCK_STEP = Duration.ofSeconds(2);

    public static ProcessId of(ProcessHandle process) {
        return new ProcessId(process.pid(), process.info().startInstant().orElse(Instant.EPOCH));
    }

    /** The inverse of {@link #toString}. */
    public static ProcessId parse(String text) {
        var parts = text.strip().split("@", 2);
        return new ProcessId(Long.parseLong(parts[0]), Instant.parse(parts[1]));
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
