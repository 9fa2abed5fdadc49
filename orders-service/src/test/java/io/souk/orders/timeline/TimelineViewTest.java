package io.souk.orders.timeline;

import io.souk.orders.order.OrderStatus;
import io.souk.orders.order.OrderStep;
import io.souk.orders.payment.CallKind;
import io.souk.orders.payment.CallOutcome;
import io.souk.orders.payment.ProviderCall;
import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import static org.assertj.core.api.Assertions.assertThat;

class TimelineViewTest {
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

    @Test
    void givenStepsAndCalls_thenEachStandsWhereItHappened() {
        var timeline = TimelineView.of(
                UUID.randomUUID(),
                List.of(
                        step(1, OrderStatus.PLACED, 0),
                        step(2, OrderStatus.RESERVED, 10),
                        step(3, OrderStatus.AUTHORISED, 30)),
                List.of(call(CallKind.AUTHORISE, 20), call(CallKind.VOID, 40)));

        assertThat(timeline.items())
                .extracting(TimelineView.Entry::what)
                .containsExactly("PLACED", "RESERVED", "AUTHORISE SUCCEEDED", "AUTHORISED", "VOID SUCCEEDED");
    }

    /** Replicas write their own time down, which is never quite the same. */
    @Test
    void givenAReplicaWhoseClockIsBehind_thenTheOrdersStepsStandInTheirOrderAllTheSame() {
        var timeline = TimelineView.of(
                UUID.randomUUID(),
                List.of(
                        step(1, OrderStatus.PLACED, 10),
                        step(2, OrderStatus.RESERVED, 5),
                        step(3, OrderStatus.AUTHORISED, 20)),
                List.of(call(CallKind.AUTHORISE, 15), call(CallKind.VOID, 15)));

        assertThat(timeline.items())
                .extracting(TimelineView.Entry::what)
                .containsExactly("PLACED", "RESERVED", "AUTHORISE SUCCEEDED", "VOID SUCCEEDED", "AUTHORISED");
    }

    @Test
    void givenAReplicaWhoseClockIsAhead_whenACallWasMadeBeforeItsTime_thenTheCallStandsBehindTheStepsThatLedToIt() {
        var timeline = TimelineView.of(
                UUID.randomUUID(),
                List.of(
                        step(1, OrderStatus.PLACED, 10),
                        step(2, OrderStatus.RESERVED, 5),
                        step(3, OrderStatus.AUTHORISED, 20)),
                List.of(call(CallKind.AUTHORISE, 7)));

        assertThat(timeline.items())
                .extracting(TimelineView.Entry::what)
                .containsExactly("PLACED", "RESERVED", "AUTHORISE SUCCEEDED", "AUTHORISED");
    }

    private static OrderStep step(long version, OrderStatus status, long millis) {
        return new OrderStep(version, status, "because", NOON.plusMillis(millis));
    }

    private static ProviderCall call(CallKind kind, long millis) {
        var at = NOON.plusMillis(millis);
        return new ProviderCall(kind, CallOutcome.SUCCEEDED, null, null, 1, at, at);
    }
}
