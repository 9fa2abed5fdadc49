package io.souk.orders.timeline;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.souk.orders.order.OrderStep;
import io.souk.orders.payment.ProviderCall;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

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

    static TimelineView of(UUID order, List<OrderStep> steps, List<ProviderCall> calls) {
        var entries = Stream.concat(
                        steps.stream().map(TimelineView::step), calls.stream().map(TimelineView::call))
                .sorted(Comparator.comparing(Entry::at))
                .toList();
        return new TimelineView(order, entries);
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
