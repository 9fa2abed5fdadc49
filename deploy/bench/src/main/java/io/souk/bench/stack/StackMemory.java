package io.souk.bench.stack;

import io.souk.bench.process.ProcessFacts;
import io.souk.bench.report.Goal;
import io.souk.bench.report.Table;
import io.souk.cli.local.Component;
import io.souk.cli.local.Memory;
import io.souk.stack.StackException;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * What each process of a stack held at one moment, its children included.
 *
 * @param kib PSS: own pages, and the share of common ones
 */
public record StackMemory(Map<Component, Long> kib) {
    private static final double MOST_MIB = 2_048;

    /** Throws when a process has ended, or the system does not tell. */
    public static StackMemory of(OwnStack stack) {
        var kib = new EnumMap<Component, Long>(Component.class);
        for (var component : Component.values()) {
            kib.put(
                    component,
                    Memory.proportionalKib(stack.process(component))
                            .orElseThrow(() -> new StackException("Memory can be measured on Linux only.")));
        }
        return new StackMemory(kib);
    }

    /** The sum over some of the components, in MiB. */
    public double mib(Predicate<Component> which) {
        return kib.entrySet().stream()
                        .filter(entry -> which.test(entry.getKey()))
                        .mapToLong(Map.Entry::getValue)
                        .sum()
                / 1024.0;
    }

    /** Prints a line per process with the heap it was allowed, and the goals that concern both. */
    public void print(OwnStack stack, PrintWriter out) {
        var table = new Table("process", "PSS MiB", "-Xmx");
        var unbounded = new ArrayList<String>();
        for (var component : Component.values()) {
            var heap = ProcessFacts.maxHeap(stack.process(component)).orElse("none");
            boolean isJvm = component != Component.POSTGRES && component != Component.REDIS;
            if (isJvm && heap.equals("none")) {
                unbounded.add(component.label());
            }
            table.row(component.label(), "%.0f".formatted(mib(component::equals)), isJvm ? heap : "not a JVM");
        }
        double all = mib(_ -> true);
        table.row("all", "%.0f".formatted(all), "").print(out);
        Goal.atMost("The whole stack, summed PSS", MOST_MIB, "MiB", all).print(out);
        everyHeapIsBounded(unbounded).print(out);
    }

    private static Goal everyHeapIsBounded(List<String> unbounded) {
        return new Goal(
                "Every JVM with a stated -Xmx",
                unbounded.isEmpty() ? "all" : "not " + String.join(", ", unbounded),
                unbounded.isEmpty());
    }
}
