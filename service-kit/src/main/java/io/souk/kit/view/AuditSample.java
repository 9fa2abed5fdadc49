package io.souk.kit.view;

import jakarta.inject.Singleton;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/**
 * Some of the changes that this replica has applied, to be looked at again after 1, 5 and 60 s. Bounded by what is taken in a
 * second. Any thread.
 */
@Singleton
final class AuditSample {
    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private record Due(ViewKey key, long at) {}

    private record Line(long delay, ArrayDeque<Due> waiting) {
        Line(Duration delay) {
            this(delay.toNanos(), new ArrayDeque<>());
        }
    }

    private final int perSecond;
    private final List<Line> lines =
            List.of(new Line(Duration.ofSeconds(1)), new Line(Duration.ofSeconds(5)), new Line(Duration.ofSeconds(60)));
    private long second = System.nanoTime();
    private int taken;

    AuditSample(AuditConfig config) {
        perSecond = config.samples();
    }

    synchronized void changed(ViewKey key) {
        long now = System.nanoTime();
        if (now - second >= SECOND) {
            second = now;
            taken = 0;
        }
        if (taken < perSecond) {
            taken++;
            lines.forEach(line -> line.waiting().add(new Due(key, now + line.delay())));
        }
    }

    /** Takes those whose time has come, at most so many. */
    synchronized List<ViewKey> due(int most) {
        var due = new ArrayList<ViewKey>();
        long now = System.nanoTime();
        for (var line : lines) {
            for (var next = line.waiting().peek();
                    next != null && next.at() - now <= 0 && due.size() < most;
                    next = line.waiting().peek()) {
                due.add(next.key());
                line.waiting().remove();
            }
        }
        return due;
    }
}
