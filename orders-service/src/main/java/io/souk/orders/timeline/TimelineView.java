package io.souk.orders.timeline;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.souk.orders.order.OrderStep;
import io.souk.orders.payment.ProviderCall;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** What happened to an order, oldest first. */
@Schema(name = "OrderTimeline")
@RegisterForReflection
record TimelineView(UUID orderId, List<Entry> items) {
    enum Kind {
        ORDER,
        PAYMENT
    }

    /** One thing that happened. */
    @Schema(name = "OrderTimelineEntry")
    @RegisterForReflection
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Entry(
            Instant at,

            @Schema(
                    description =
                            "ORDER: a step of the order. PAYMENT: a call of the payment's provider, which may have come before"
                                    + " or after the steps beside it.")
            Kind kind,

            @Schema(
                    description = "The order's status from then on, or what the provider was asked and how that ended.",
                    examples = "AUTHORISE SUCCEEDED")
            String what,

            @Schema(description = "Why, in one sentence.") String note,

            @Schema(description = "The order's version that this step made.") @Nullable
            Long version,

            @Schema(description = "How many calls ended so, the last one at `lastAt`.") @Nullable
            Integer calls,

            @Nullable Instant lastAt) {}

    /**
     * The timeline.
     *
     * @param steps oldest first
     * @param calls oldest first
     */
    static TimelineView of(UUID order, List<OrderStep> steps, List<ProviderCall> calls) {
        return new TimelineView(
                order,
                merge(
                        steps.stream().map(TimelineView::step).toList(),
                        calls.stream().map(TimelineView::call).toList()));
    }

    /**
     * By time, but each list in its own order: replicas write their own time down, which may run back from one step to the next. A step
     * was no later than any that followed it, whatever the clock of its replica said.
     */
    private static List<Entry> merge(List<Entry> steps, List<Entry> calls) {
        var merged = new ArrayList<Entry>();
        int next = 0;
        var latest = latest(steps);
        for (int i = 0; i < steps.size(); i++) {
            while (next < calls.size() && calls.get(next).at().isBefore(latest.get(i))) {
                merged.add(calls.get(next++));
            }
            merged.add(steps.get(i));
        }
        merged.addAll(calls.subList(next, calls.size()));
        return merged;
    }

    /** When each step had happened at the latest: the earliest time that it or one after it says. */
    private static List<Instant> latest(List<Entry> steps) {
        var latest = new ArrayList<Instant>();
        for (var step : steps.reversed()) {
            latest.add(latest.isEmpty() || step.at().isBefore(latest.getLast()) ? step.at() : latest.getLast());
        }
        return latest.reversed();
    }

    private static Entry step(OrderStep step) {
        return new Entry(step.at(), Kind.ORDER, step.status().name(), step.note(), step.version(), null, null);
    }

    private static Entry call(ProviderCall call) {
        return new Entry(
                call.at(),
                Kind.PAYMENT,
                call.kind() + " " + call.outcome(),
                call.note(),
                null,
                call.calls(),
                call.lastAt());
    }
}
