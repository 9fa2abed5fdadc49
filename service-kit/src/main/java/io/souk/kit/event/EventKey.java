package io.souk.kit.event;

import io.souk.kit.tenant.TenantId;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** The key of an event's record: {@code tenant/aggregateId}. */
public record EventKey(TenantId tenant, UUID aggregateId) {
    private static final int UUID_LENGTH = 36;

    /** The key that a record carries; nothing when the text is not one. */
    public static @Nullable EventKey find(String text) {
        int slash = text.indexOf('/');
        if (slash < 0 || text.length() - slash - 1 != UUID_LENGTH || !TenantId.isValid(text.substring(0, slash))) {
            return null;
        }
        try {
            return new EventKey(new TenantId(text.substring(0, slash)), UUID.fromString(text.substring(slash + 1)));
        } catch (IllegalArgumentException _) {
            return null;
        }
    }

    /**
     * The shard, which is the partition. Kafka's own default, murmur2 of the key's bytes, so that a producer that knows
     * nothing of shards puts the key into the same partition. Fixed for ever: a key that moved would lose its order.
     */
    public int shard(int partitions) {
        return shard(text().getBytes(StandardCharsets.UTF_8), partitions);
    }

    /** The shard of a key, or of a text that goes the way of keys, given as UTF-8. */
    public static int shard(byte[] key, int partitions) {
        return Utils.toPositive(Utils.murmur2(key)) % partitions;
    }

    public String text() {
        return tenant.value() + "/" + aggregateId;
    }

    @Override
    public String toString() {
        return text();
    }
}
