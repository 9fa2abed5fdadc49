package io.souk.catalog.producttype;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.souk.catalog.input.Faults;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.core.WorkerExecutor;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.ArrayList;
import java.util.List;

/**
 * Holds attributes against tenants' own schemas without standing in others' way: what takes long runs on one thread beside
 * the event loops, in slices between which others have their turn, so that one slice's errors at a time are in memory.
 */
@ApplicationScoped
public class CheckAttributes {
    /** Some 10 ms at worst; only a single product that is dearer makes a longer slice. */
    static final int STEPS_PER_SLICE = 10_000;

    private final WorkerExecutor aside;

    CheckAttributes(Vertx vertx) {
        aside = vertx.createSharedWorkerExecutor("check-attributes", 1);
    }

    /** One product's; {@code faults} take what breaks the rules, with pointers that begin with {@code at}. */
    public record Check(AttributeRules rules, ObjectNode attributes, String at, Faults faults) {
        private long steps() {
            return rules.steps(attributes);
        }

        private void run() {
            rules.check(attributes, at, faults);
        }
    }

    /** Goes on in the caller's context. A caller who cancels ends it with the slice under way. */
    public Uni<Void> check(List<Check> checks) {
        var slices = slices(checks);
        if (slices.size() == 1
                && slices.getFirst().stream().mapToLong(Check::steps).sum() <= STEPS_PER_SLICE) {
            slices.getFirst().forEach(Check::run);
            return Uni.createFrom().voidItem();
        }
        return Multi.createFrom()
                .iterable(slices)
                .onItem()
                .transformToUniAndConcatenate(this::runAside)
                .onItem()
                .ignoreAsUni();
    }

    private Uni<Void> runAside(List<Check> slice) {
        return aside.executeBlocking(() -> {
            slice.forEach(Check::run);
            return null;
        });
    }

    private static List<List<Check>> slices(List<Check> checks) {
        var slices = new ArrayList<List<Check>>();
        long room = 0;
        for (var check : checks) {
            long steps = Math.min(check.steps(), STEPS_PER_SLICE);
            if (steps > room || slices.isEmpty()) {
                slices.add(new ArrayList<>());
                room = STEPS_PER_SLICE;
            }
            slices.getLast().add(check);
            room -= steps;
        }
        return slices;
    }
}
