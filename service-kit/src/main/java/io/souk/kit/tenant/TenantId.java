package io.souk.kit.tenant;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * Names a tenant: 1 to 63 of {@code a-z 0-9 -}, not starting with a dash. Safe as a part of Kafka and Redis keys and of
 * metric labels, since it can contain none of their separators.
 */
public record TenantId(String value) implements Comparable<TenantId> {
    private static final int MAX_LENGTH = 63;

    /** Whose jobs are an operator's, which belong to no tenant. No token can name it. */
    public static final TenantId INSTALLATION = new TenantId("souk-installation");

    /** @throws IllegalArgumentException when the value is not a tenant id */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public TenantId {
        if (!isValid(value)) {
            throw new IllegalArgumentException("not a tenant id");
        }
    }

    /** Whether the text is a tenant id. */
    public static boolean isValid(String text) {
        if (text.isEmpty() || text.length() > MAX_LENGTH || text.charAt(0) == '-') {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-')) {
                return false;
            }
        }
        return true;
    }

    @Override
    public int compareTo(TenantId other) {
        return value.compareTo(other.value);
    }

    @JsonValue
    @Override
    public String toString() {
        return value;
    }
}
