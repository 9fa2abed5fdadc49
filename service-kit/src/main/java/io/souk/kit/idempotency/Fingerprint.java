package io.souk.kit.idempotency;

import com.fasterxml.jackson.databind.JsonNode;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.TreeMap;

/** SHA-256 of what a request says, however its JSON was written: order of fields and zeros behind a comma do not count. */
final class Fingerprint {
    private Fingerprint() {}

    static String of(JsonNode request) {
        var digest = sha256();
        add(digest, request);
        return HexFormat.of().formatHex(digest.digest());
    }

    /** 64 bits that stand for some words; separated, so that "a","bc" is not "ab","c". */
    static long number(String... words) {
        var digest = sha256();
        for (var word : words) {
            add(digest, word);
        }
        return ByteBuffer.wrap(digest.digest()).getLong();
    }

    private static void add(MessageDigest digest, JsonNode node) {
        if (node.isObject()) {
            digest.update((byte) '{');
            var fields = new TreeMap<String, JsonNode>();
            node.properties().forEach(field -> fields.put(field.getKey(), field.getValue()));
            fields.forEach((name, value) -> {
                add(digest, name);
                add(digest, value);
            });
            digest.update((byte) '}');
        } else if (node.isArray()) {
            digest.update((byte) '[');
            node.forEach(element -> add(digest, element));
            digest.update((byte) ']');
        } else if (node.isNumber()) {
            digest.update((byte) '#');
            add(digest, canonical(node.decimalValue()));
        } else if (node.isTextual()) {
            digest.update((byte) '"');
            add(digest, node.textValue());
        } else {
            digest.update((byte) '=');
            add(digest, node.asText());
        }
    }

    private static String canonical(BigDecimal number) {
        return number.signum() == 0 ? "0" : number.stripTrailingZeros().toString();
    }

    /** The length goes first: no text can pretend to be two. */
    private static void add(MessageDigest digest, String text) {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).flip());
        digest.update(bytes);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }
}
