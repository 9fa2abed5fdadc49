package io.souk.kit.consumer;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import io.souk.kit.Things;
import io.souk.kit.id.Ids;
import io.souk.kit.tenant.TenantId;
import io.souk.testing.SoukServers;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
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
    Members members;

    @Test
    void whenMembersComeAndGo_thenNothingIsLostAndEachKeysOrderIsKept() throws Exception {
        var tenant = anyTenant();
        var group = "rebalance-" + tenant;
        var ids = IntStream.range(0, 8).mapToObj(_ -> Ids.next()).toList();
        var seen = new Seen(tenant, Uni.createFrom().voidItem());
        var first = members.of(group, seen);
        first.start();
        writeAll(tenant, ids, 5);
        eventually(() -> assertThat(seen.events).isNotEmpty());

        var second = members.of(group, seen);
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
        var stopping = members.of(group, slow);
        stopping.start();
        things.write(tenant, id, "a");
        eventually(() -> assertThat(slow.started).isNotEmpty());

        stopping.stop();
        gate.complete(null);
        stopping.awaitEnd(Duration.ofMinutes(1));
        things.write(tenant, id, "b");
        var next = new Seen(tenant, Uni.createFrom().voidItem());
        var successor = members.of(group, next);
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
}
