package io.souk.kit.view;

import io.souk.kit.event.AggregateType;
import io.souk.kit.event.EventKey;
import io.souk.kit.id.Ids;
import io.souk.kit.protocol.Generation;
import io.souk.kit.tenant.TenantId;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/** What one script or one MGET names lies in one slot of a Redis Cluster. */
class SlotTest {
    private static final int SHARDS = 64;
    private static final int SLOTS = 16_384;
    private static final TenantId TENANT = new TenantId("acme");
    private static final List<AggregateType> SOURCES =
            List.of(new AggregateType("catalog", "price"), new AggregateType("catalog", "product"));

    private final ViewKeys keys = new ViewKeys("tests:", SHARDS, "catalog");
    private final Keyspace names = keys.of(new Generation(Ids.next()), SOURCES);

    @Test
    void givenAView_thenAllThatIsKeptOfItLiesWithItsShardsPositions() {
        for (int i = 0; i < 1_000; i++) {
            var id = Ids.next();
            var name = ViewKeys.name(TENANT, id);
            int shard = keys.shard(name);
            var positions = IntStream.range(0, SOURCES.size()).mapToObj(source -> names.position(shard, source));
            var kept = Stream.of("product", "price")
                    .map(ViewKeys::kind)
                    .flatMap(kind -> Stream.of(names.data(shard), names.floor(shard), names.lease(shard))
                            .map(head -> ViewKeys.key(head, kind, name)));

            assertThat(shard).isEqualTo(new EventKey(TENANT, id).shard(SHARDS));
            assertThat(Stream.concat(positions, kept).map(SlotTest::slot).distinct())
                    .hasSize(1);
        }
    }

    @Test
    void givenLookupsOfOneShard_thenTheyLieInOneSlot_whateverBracesTheirKeysHave() {
        var kind = ViewKeys.kind("sku");
        var slots = Stream.of("{a}", "}{", "plain", "{{x}}")
                .map(key -> ViewKeys.key(names.hint(7), kind, ViewKeys.name(TENANT, key)))
                .map(SlotTest::slot);

        assertThat(slots.distinct()).hasSize(1);
    }

    @Test
    void givenManyShards_thenTheyAreSpread() {
        assertThat(IntStream.range(0, SHARDS)
                        .map(shard -> slot(names.data(shard)))
                        .distinct())
                .hasSizeGreaterThan(SHARDS / 2);
    }

    /** As Redis has it: of what stands between the first brace and the next closing one, CRC16 (XMODEM) modulo 16384. */
    private static int slot(byte[] key) {
        var text = new String(key, UTF_8);
        int open = text.indexOf('{');
        int close = text.indexOf('}', open + 1);
        assertThat(close).isGreaterThan(open + 1);
        int crc = 0;
        for (byte one : text.substring(open + 1, close).getBytes(UTF_8)) {
            crc ^= (one & 0xff) << 8;
            for (int bit = 0; bit < 8; bit++) {
                crc = (crc & 0x8000) == 0 ? crc << 1 : crc << 1 ^ 0x1021;
            }
            crc &= 0xffff;
        }
        return crc % SLOTS;
    }
}
