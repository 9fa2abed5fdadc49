package io.souk.kit.view;

import io.souk.kit.event.AggregateType;
import io.souk.kit.protocol.Generation;
import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * The names of what one generation keeps in Redis; the rest of a name is told by {@link ViewKeys}. {@code g} is the
 * generation's id in base64url.
 *
 * <pre>
 * {service:shard}p:g:source            how far the source's log is applied, see apply.lua; without TTL
 * {service:shard}d:g:kind:tenant/id    an entry's data, with a TTL
 * {service:shard}f:g:kind:tenant/id    its floor, without
 * {service:shard}l:g:kind:tenant/id    the token of the reader who may fill it, with a TTL
 * {service:shard}h:g:lookup:tenant/key a lookup hint, with a TTL
 * </pre>
 */
final class Keyspace {
    private final Generation generation;
    private final byte[][][] positions;
    private final byte[][] data;
    private final byte[][] floors;
    private final byte[][] leases;
    private final byte[][] hints;

    /** @param slots what the names of each shard begin with */
    Keyspace(Generation generation, List<String> slots, List<AggregateType> sources) {
        this.generation = generation;
        var g = text(generation);
        data = perShard(slots, shard -> slots.get(shard) + "d:" + g + ":");
        floors = perShard(slots, shard -> slots.get(shard) + "f:" + g + ":");
        leases = perShard(slots, shard -> slots.get(shard) + "l:" + g + ":");
        hints = perShard(slots, shard -> slots.get(shard) + "h:" + g + ":");
        positions = sources.stream()
                .map(source -> perShard(slots, shard -> slots.get(shard) + "p:" + g + ":" + source))
                .toArray(byte[][][]::new);
    }

    /** As it stands in names: 22 letters. */
    static String text(Generation generation) {
        var id = generation.id();
        var bytes = ByteBuffer.allocate(2 * Long.BYTES)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits());
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
    }

    /** Whose {@link #text} that is; null when it is of none. */
    static @Nullable Generation generation(String text) {
        try {
            var bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(text));
            return new Generation(new UUID(bytes.getLong(), bytes.getLong()));
        } catch (IllegalArgumentException _) {
            return null;
        }
    }

    Generation generation() {
        return generation;
    }

    /** @param source its place in {@link ViewKinds#sources} */
    byte[] position(int shard, int source) {
        return positions[source][shard];
    }

    byte[] data(int shard) {
        return data[shard];
    }

    byte[] floor(int shard) {
        return floors[shard];
    }

    byte[] lease(int shard) {
        return leases[shard];
    }

    byte[] hint(int shard) {
        return hints[shard];
    }

    private static byte[][] perShard(List<String> slots, IntFunction<String> head) {
        return IntStream.range(0, slots.size())
                .mapToObj(shard -> head.apply(shard).getBytes(StandardCharsets.UTF_8))
                .toArray(byte[][]::new);
    }
}
