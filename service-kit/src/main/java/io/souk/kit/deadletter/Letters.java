package io.souk.kit.deadletter;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.souk.kit.tenant.TenantId;
import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.UUID;

import static io.souk.kit.problem.KitProblem.INVALID;

/**
 * Which letters are meant: those to which all that is named applies.
 *
 * @param from given up then or later
 * @param until given up before
 */
@RegisterForReflection
record Letters(
        @Nullable UUID id,
        @Nullable String tenant,
        @Nullable String consumer,
        @Nullable String topic,
        @Nullable Instant from,
        @Nullable Instant until) {
    private static final int MAX_NAME = 249; // of a Kafka topic

    Letters {
        if (tenant != null && !TenantId.isValid(tenant)) {
            throw INVALID.because("The tenant cannot be one").parameter("tenant", "is not a tenant id");
        }
        requireName("consumer", consumer);
        requireName("topic", topic);
    }

    private static void requireName(String parameter, @Nullable String name) {
        if (name != null && (name.isEmpty() || name.length() > MAX_NAME || name.indexOf('\0') >= 0)) {
            throw INVALID.because("The " + parameter + " cannot be one")
                    .parameter(parameter, "must have 1 to " + MAX_NAME + " characters");
        }
    }
}
