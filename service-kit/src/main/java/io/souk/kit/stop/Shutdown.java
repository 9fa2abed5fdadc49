package io.souk.kit.stop;

import io.quarkus.arc.All;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import java.time.Duration;
import java.util.List;

/** Ends the background work of a service, after its last request and before its pools close. */
@ApplicationScoped
class Shutdown {
    /**
     * A transaction's deadline, by which a step or an event that is being applied has ended. With the delay and the requests'
     * own time before it, this stays below the 30 s after which Kubernetes kills.
     */
    static final Duration WITHIN = Duration.ofSeconds(10);

    private final List<Background> work;

    Shutdown(@All List<Background> work) {
        this.work = work;
    }

    void stop(@Observes @Priority(100) ShutdownEvent stopping) throws InterruptedException {
        end(work, WITHIN);
    }

    static void end(List<Background> work, Duration within) throws InterruptedException {
        long deadline = System.nanoTime() + within.toNanos();
        work.forEach(Background::stop);
        for (var part : work) {
            part.awaitEnd(Duration.ofNanos(Math.max(0, deadline - System.nanoTime())));
        }
    }
}
