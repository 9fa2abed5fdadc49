package io.souk.chaos.evidence;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Set;
import java.util.TreeMap;

/** Short names of contents: equal for equal contents, different for different ones but by a chance of one in 2^64. */
public final class Digest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int BYTES = 8;

    /** What an event says besides its state; of a doubt, answers tell by a mark. */
    private static final Set<String> OF_EVENTS = Set.of("changed", "doubted");

    /** What events say of a variant besides its state: how it came to it. */
    private static final Set<String> OF_PARTS_OF_EVENTS = Set.of("statusBefore", "statusSince");

    private Digest() {}

    /**
     * Of what an object says, however it is spelt: without the order of its members, without those that only events have, and
     * without members that are null.
     */
    public static String ofContent(JsonNode content) {
        var own = content instanceof ObjectNode object ? object.deepCopy().without(OF_EVENTS) : content;
        return ofBytes(spelt(own).toString().getBytes(StandardCharsets.UTF_8));
    }

    private static JsonNode spelt(JsonNode node) {
        if (node.isObject()) {
            var members = new TreeMap<String, JsonNode>();
            node.properties().forEach(member -> {
                if (!member.getValue().isNull() && !OF_PARTS_OF_EVENTS.contains(member.getKey())) {
                    members.put(member.getKey(), spelt(member.getValue()));
                }
            });
            ObjectNode sorted = JSON.createObjectNode();
            members.forEach(sorted::set);
            return sorted;
        }
        if (node.isArray()) {
            var items = JSON.createArrayNode();
            node.forEach(item -> items.add(spelt(item)));
            return items;
        }
        return node;
    }

    public static String ofBytes(byte[] bytes) {
        try {
            var hash = MessageDigest.getInstance("SHA-256").digest(bytes);
            return HexFormat.of().formatHex(hash, 0, BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
