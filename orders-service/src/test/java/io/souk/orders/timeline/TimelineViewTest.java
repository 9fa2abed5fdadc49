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
        assertThat(told(authorised(0, 10, 30), call(CallKind.AUTHORISE, 20), call(CallKind.VOID, 40)))
                .containsExactly("PLACED", "RESERVED", "AUTHORISE SUCCEEDED", "AUTHORISED", "VOID SUCCEEDED");
    }

    /** Replicas write their own time down, which is never quite the same. */
    @Test
    void givenAReplicaWhoseClockIsBehind_thenTheOrdersStepsStandInTheirOrderAllTheSame() {
        assertThat(told(authorised(10, 5, 20), call(CallKind.AUTHORISE, 15), call(CallKind.VOID, 15)))
                .containsExactly("PLACED", "RESERVED", "AUTHORISE SUCCEEDED", "VOID SUCCEEDED", "AUTHORISED");
    }

    @Test
    void givenAReplicaWhoseClockIsAhead_whenACallWasMadeBeforeItsTime_thenTheCallStandsBehindTheStepsThatLedToIt() {
        assertThat(told(authorised(10, 5, 20), call(CallKind.AUTHORISE, 7)))
                .containsExactly("PLACED", "RESERVED", "AUTHORISE SUCCEEDED", "AUTHORISED");
    }

    /** What the timeline says, from its beginning to its end. */
    private static List<String> told(List<OrderStep> steps, ProviderCall... calls) {
        return TimelineView.of(UUID.randomUUID(), steps, List.of(calls)).items().stream()
                .map(TimelineView.Entry::what)
                .toList();
    }

    /** The steps of an order up to its payment, each by the clock of the replica that made it. */
    private static List<OrderStep> authorised(long placed, long reserved, long authorised) {
        return List.of(
                step(1, OrderStatus.PLACED, placed),
                step(2, OrderStatus.RESERVED, reserved),
                step(3, OrderStatus.AUTHORISED, authorised));
    }

    private static OrderStep step(long version, OrderStatus status, long millis) {
        return new OrderStep(version, status, "because", NOON.plusMillis(millis));
    }

    private static ProviderCall call(CallKind kind, long millis) {
        var at = NOON.plusMillis(millis);
        return new ProviderCall(kind, CallOutcome.SUCCEEDED, null, null, 1, at, at);
    }
}
