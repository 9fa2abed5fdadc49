package io.souk.kit.consumer;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import io.souk.kit.Things;
import io.souk.kit.consumer.RecordingConsumer.Named;
import io.souk.kit.event.AggregateType;
import io.souk.kit.event.ChangeEvent;
import io.souk.kit.event.EventHealth;
import io.souk.kit.event.KafkaSettings;
import io.souk.kit.event.Topics;
import io.souk.kit.id.Ids;
import io.souk.kit.tenant.TenantId;
import io.souk.testing.SoukServers;
import io.vertx.core.Vertx;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

import static io.souk.kit.Things.anyTenant;
import static io.souk.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

/** Members of one group come and go. */
@QuarkusTest
@WithTestResource(value = SoukServers.class, scope = TestResourceScope.GLOBAL)
class RebalanceTest {
    @Inject
    Things things;

    @Inject
    KafkaSettings kafka;

    @Inject
    ReadersConfig config;

    @Inject
    Topics topics;

    @Inject
    EventHealth health;

    @Inject
    ObjectMapper json;

    @Inject
    Vertx vertx;

    @Test
    void whenMembersComeAndGo_thenNothingIsLostAndEachKeysOrderIsKept() throws Exception {
        var tenant = anyTenant();
        var group = "rebalance-" + tenant;
        var ids = IntStream.range(0, 8).mapToObj(_ -> Ids.next()).toList();
        var seen = new Seen(tenant, Uni.createFrom().voidItem());
        var first = member(group, seen);
        first.start();
        writeAll(tenant, ids, 5);
        eventually(() -> assertThat(seen.events).isNotEmpty());

        var second = member(group, seen);
        second.start();
        writeAll(tenant, ids, 5);
        first.stop();
        writeAll(tenant, ids, 5);

        eventually(
                Duration.ofSeconds(60),
                () -> assertThat(ids)
                        .allSatisfy(id -> assertThat(seen.versions(id))
                                .isEqualTo(LongStream.rangeClosed(1, 15).boxed().toList())));
        first.awaitEnd(Duration.ofMinutes(1));
        second.stop();
        second.awaitEnd(Duration.ofMinutes(1));
    }

    @Test
    void whenAReaderStops_thenWhatItIsApplyingIsFinishedAndCommitted() throws Exception {
        var tenant = anyTenant();
        var group = "drain-" + tenant;
        var id = Ids.next();
        var gate = new CompletableFuture<Void>();
        var slow = new Seen(tenant, Uni.createFrom().completionStage(gate));
        var stopping = member(group, slow);
        stopping.start();
        things.write(tenant, id, "a");
        eventually(() -> assertThat(slow.started).isNotEmpty());

        stopping.stop();
        gate.complete(null);
        stopping.awaitEnd(Duration.ofMinutes(1));
        things.write(tenant, id, "b");
        var next = new Seen(tenant, Uni.createFrom().voidItem());
        var successor = member(group, next);
        successor.start();

        eventually(() -> assertThat(next.versions(id)).containsExactly(2L));
        assertThat(slow.versions(id)).containsExactly(1L);
        successor.stop();
        successor.awaitEnd(Duration.ofMinutes(1));
    }

    private void writeAll(TenantId tenant, List<UUID> ids, int times) {
        for (int i = 0; i < times; i++) {
            ids.forEach(id -> things.write(tenant, id, "x"));
        }
    }

    private ReaderThread member(String group, Seen seen) {
        var settings = kafka.consumer(group, 10);
        Readers.join(settings, group);
        return new ReaderThread(
                new GroupReader<>(
                        seen,
                        new ReaderTools(
                                "consumer seen",
                                settings,
                                config,
                                topics,
                                health,
                                json,
                                new Handlers(vertx, group),
                                (_, _) -> CompletableFuture.allOf(), // another test's
                                new ReaderMetrics(new SimpleMeterRegistry(), group))),
                config,
                health);
    }

    /** Keeps one tenant's events; the first events of it wait for a gate. */
    private static final class Seen implements EventConsumer<Named> {
        final List<ChangeEvent<Named>> started = new CopyOnWriteArrayList<>();
        final List<ChangeEvent<Named>> events = new CopyOnWriteArrayList<>();
        private final TenantId tenant;
        private final Uni<Void> gate;

        Seen(TenantId tenant, Uni<Void> gate) {
            this.tenant = tenant;
            this.gate = gate;
        }

        @Override
        public String name() {
            return "seen";
        }

        @Override
        public AggregateType source() {
            return Things.THING;
        }

        @Override
        public Class<Named> stateType() {
            return Named.class;
        }

        @Override
        public Uni<Void> apply(TenantId events, List<ChangeEvent<Named>> batch) {
            if (!events.equals(tenant)) {
                return Uni.createFrom().voidItem();
            }
            started.addAll(batch);
            return gate.invoke(() -> this.events.addAll(batch));
        }

        /** In the order of their first arrival: members that overlap may apply an event twice. */
        List<Long> versions(UUID id) {
            return events.stream()
                    .filter(event -> event.envelope().aggregateId().equals(id))
                    .map(event -> event.envelope().order().version())
                    .distinct()
                    .toList();
        }
    }
}
