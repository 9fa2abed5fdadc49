package io.souk.kit.page;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.souk.kit.problem.Problem;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;

import static io.souk.kit.problem.KitProblem.MALFORMED;

/** The sort key of a page's last row as an opaque text: base64url of a JSON array. */
public final class Cursor {
    /** Keys are a few columns; longer cannot be ours. */
    private static final int MAX_CHARS = 1_024;

    private static final UUID BEFORE_ALL_IDS = new UUID(0, 0);

    private static final ObjectMapper JSON = new ObjectMapper();

    private Cursor() {}

    /**
     * The cursor of a key.
     *
     * @param key strings, whole numbers, booleans, UUIDs, instants or null, in the order of the list's sort key
     */
    public static String encode(@Nullable Object... key) {
        var array = JsonNodeFactory.instance.arrayNode(key.length);
        for (var part : key) {
            switch (part) {
                case null -> array.addNull();
                case String text -> array.add(text);
                case Integer number -> array.add(number);
                case Long number -> array.add(number);
                case Double number -> array.add(number);
                case Float number -> array.add(number);
                case Boolean flag -> array.add(flag);
                case UUID id -> array.add(id.toString());
                case Instant moment -> array.add(moment.toString());
                default -> throw new IllegalArgumentException("no cursor of " + part.getClass());
            }
        }
        try {
            return Base64.getUrlEncoder().withoutPadding().encodeToString(JSON.writeValueAsBytes(array));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /**
     * The parts of a cursor, still to be checked for number and type by the caller (see {@link #decode(String, int)});
     * 400 naming {@code cursor} for anything that is not a JSON array of plain values.
     */
    public static JsonNode decode(String cursor) {
        if (cursor.isEmpty() || cursor.length() > MAX_CHARS) {
            throw bad();
        }
        try {
            var key = JSON.readTree(Base64.getUrlDecoder().decode(cursor));
            if (!key.isArray() || key.isEmpty()) {
                throw bad();
            }
            for (var part : key) {
                if (part.isContainerNode()
                        || (part.isTextual() && part.textValue().indexOf('\0') >= 0)) {
                    throw bad();
                }
            }
            return key;
        } catch (IOException | IllegalArgumentException unreadable) {
            throw bad();
        }
    }

    /** As {@link #decode(String)}, and 400 too unless the key has {@code parts} parts. */
    public static JsonNode decode(String cursor, int parts) {
        var key = decode(cursor);
        if (key.size() != parts) {
            throw bad();
        }
        return key;
    }

    /** The id at a place of a decoded cursor; 400 when it is none. */
    public static UUID id(JsonNode key, int part) {
        try {
            return UUID.fromString(text(key, part));
        } catch (IllegalArgumentException notAnId) {
            throw bad();
        }
    }

    /** The id after which a list in the order of ids goes on: below every id without a cursor; 400 when it holds no id. */
    public static UUID afterId(@Nullable String cursor) {
        return cursor == null ? BEFORE_ALL_IDS : id(decode(cursor, 1), 0);
    }

    /** The text at a place of a decoded cursor; 400 when it is none. */
    public static String text(JsonNode key, int part) {
        var value = key.path(part).textValue();
        if (value == null) {
            throw bad();
        }
        return value;
    }

    /** The whole number at a place of a decoded cursor; 400 when it is none. */
    public static long number(JsonNode key, int part) {
        var value = key.path(part);
        if (!value.isIntegralNumber() || !value.canConvertToLong()) {
            throw bad();
        }
        return value.longValue();
    }

    /** The moment at a place of a decoded cursor; 400 when it is none. */
    public static Instant instant(JsonNode key, int part) {
        try {
            return Instant.parse(text(key, part));
        } catch (java.time.format.DateTimeParseException notAMoment) {
            throw bad();
        }
    }

    private static Problem bad() {
        return MALFORMED
                .because("The cursor is not one that this list gave out")
                .parameter("cursor", "is not a cursor of this list");
    }
}
