package io.souk.kit.consumer;

import io.souk.kit.consumer.Waiting.Abandoned;
import io.souk.kit.event.AggregateType;
import io.souk.kit.event.ChangeEvent;
import io.souk.kit.event.Envelope;
import io.souk.kit.event.EventHealth;
import io.souk.kit.event.Order;
import io.souk.kit.problem.KitProblem;
import io.souk.kit.tenant.TenantId;
import io.souk.kit.tenant.TransactionFailure;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.stream.LongStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What becomes of events whose handler fails, without Kafka and without waiting. */
class PersistenceTest {
    private static final int MANY = 7;

    private final List<Long> applied = new ArrayList<>();
    private final List<Long> buried = new ArrayList<>();
    private final List<Duration> pauses = new ArrayList<>();
    private final Map<Long, RuntimeException> broken = new HashMap<>();
    private final EventHealth health = new EventHealth();
    private int calls;
    private int most = Integer.MAX_VALUE;
    private int refusedBurials;
    private int passing;
    private int pausesLeft = Integer.MAX_VALUE;

    private final Persistence persistence =
            new Persistence("consumer test", (record, _) -> bury(record), health, Duration.ofSeconds(1));

    @Test
    void eventsThatGoWellAreAppliedAtOnce() throws Exception {
        apply(1, 5);

        assertThat(applied).containsExactly(1L, 2L, 3L, 4L, 5L);
        assertThat(calls).isEqualTo(1);
        assertThat(pauses).isEmpty();
    }

    @Test
    void whatMayPassIsTriedAgainWithLongerPausesAndTheServiceIsDegradedMeanwhile() throws Exception {
        passing = MANY;

        apply(1, 3);

        assertThat(applied).containsExactly(1L, 2L, 3L);
        assertThat(pauses).hasSize(MANY).allMatch(pause -> pause.compareTo(Duration.ofSeconds(1)) <= 0);
        assertThat(pauses.getLast()).isGreaterThan(pauses.getFirst());
        assertThat(buried).isEmpty();
        assertThat(health.troubles()).isEmpty();
    }

    @Test
    void theEventThatFailsAloneIsBuriedAndTheOthersKeepTheirOrder() throws Exception {
        broken.put(3L, new IllegalStateException("no"));

        apply(1, 5);

        assertThat(buried).containsExactly(3L);
        assertThat(applied).containsExactly(1L, 2L, 4L, 5L);
    }

    @Test
    void aPoisonEventIsBuriedWithoutAnotherTry() throws Exception {
        broken.put(1L, new PoisonEvent("no"));

        apply(1, 1);

        assertThat(buried).containsExactly(1L);
        assertThat(calls).isEqualTo(1);
    }

    @Test
    void aServiceThatIsUnavailableMayPassAndARefusalDoesNot() throws Exception {
        broken.put(1L, KitProblem.CONFLICT.because("no"));
        broken.put(2L, KitProblem.UNAVAILABLE.because("later"));
        pausesLeft = 20;

        assertThatThrownBy(() -> apply(1, 2)).isInstanceOf(Abandoned.class);

        assertThat(buried).isEmpty(); // together they may pass: nothing says which of them failed
        assertThat(health.troubles()).containsKey("consumer test");
    }

    @Test
    void eventsThatTakeTooLongTogetherAreAppliedInHalves() throws Exception {
        most = 2;

        apply(1, 7);

        assertThat(applied).containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L);
        assertThat(calls)
                .isEqualTo(2 + 2 + 1 + 1 + 2 + 1 + 1); // seven twice, three twice, one, two, four twice, two, two
        assertThat(buried).isEmpty();
        assertThat(health.troubles()).isEmpty();
    }

    @Test
    void anEventThatIsLateAloneIsTriedUntilItIsNot() throws Exception {
        broken.put(1L, new TransactionFailure.TimedOut());
        pausesLeft = 20;

        assertThatThrownBy(() -> apply(1, 1)).isInstanceOf(Abandoned.class);

        assertThat(calls).isEqualTo(21);
        assertThat(buried).isEmpty();
    }

    @Test
    void anEventIsNotPassedByUntilItsBurialIsKnown() throws Exception {
        broken.put(1L, new IllegalStateException("no"));
        refusedBurials = 3;

        apply(1, 2);

        assertThat(buried).containsExactly(1L);
        assertThat(applied).containsExactly(2L);
    }

    private void apply(long from, long to) throws Abandoned {
        var events = LongStream.rangeClosed(from, to)
                .mapToObj(PersistenceTest::event)
                .toList();
        persistence.apply(events, this::handle, new Now());
    }

    private CompletableFuture<Void> handle(List<Received<String>> events) {
        calls++;
        if (passing > 0) {
            passing--;
            return CompletableFuture.failedFuture(new IOException("away"));
        }
        if (events.size() > most) {
            return CompletableFuture.failedFuture(new TransactionFailure.TimedOut());
        }
        var offsets = events.stream().map(event -> event.record().offset()).toList();
        var failure =
                offsets.stream().filter(broken::containsKey).map(broken::get).reduce((_, last) -> last);
        if (failure.isPresent()) {
            return CompletableFuture.failedFuture(failure.get());
        }
        applied.addAll(offsets);
        return CompletableFuture.completedFuture(null);
    }

    private CompletableFuture<Void> bury(ConsumerRecord<byte[], byte[]> record) {
        if (refusedBurials > 0) {
            refusedBurials--;
            return CompletableFuture.failedFuture(new IOException("away"));
        }
        buried.add(record.offset());
        return CompletableFuture.completedFuture(null);
    }

    private static Received<String> event(long offset) {
        var envelope = new Envelope(
                new UUID(0, offset),
                new AggregateType("catalog", "thing"),
                new TenantId("acme"),
                new UUID(1, 1),
                new Order(1, offset),
                Instant.EPOCH,
                null,
                null);
        return new Received<>(
                new ConsumerRecord<>("topic", 0, offset, new byte[0], new byte[0]),
                new ChangeEvent.Changed<>(envelope, "state"));
    }

    private final class Now implements Waiting {
        @Override
        public void await(CompletableFuture<?> work) throws ExecutionException {
            try {
                work.get();
            } catch (InterruptedException failure) {
                throw new AssertionError(failure);
            }
        }

        @Override
        public void pause(Duration time) throws Abandoned {
            pauses.add(time);
            if (pausesLeft-- <= 0) {
                throw new Abandoned();
            }
        }
    }
}
