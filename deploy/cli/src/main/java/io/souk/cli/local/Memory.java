package io.souk.cli.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** What a process with its children really holds: its own pages and its share of common ones (PSS), as Linux counts it. */
public final class Memory {
    private Memory() {}

    /** Empty where the system does not tell. */
    public static OptionalLong proportionalKib(ProcessHandle process) {
        long sum = 0;
        for (var one : Stream.concat(Stream.of(process), process.descendants()).toList()) {
            var kib = ofOne(one.pid());
            if (kib.isEmpty() && one.pid() == process.pid()) {
                return OptionalLong.empty();
            }
            sum += kib.orElse(0);
        }
        return OptionalLong.of(sum);
    }

    private static OptionalLong ofOne(long pid) {
        try (var lines = Files.lines(Path.of("/proc", Long.toString(pid), "smaps_rollup"))) {
            return lines.filter(line -> line.startsWith("Pss:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D+", "")))
                    .findFirst();
        } catch (IOException _) {
            return OptionalLong.empty();
        }
    }
}
