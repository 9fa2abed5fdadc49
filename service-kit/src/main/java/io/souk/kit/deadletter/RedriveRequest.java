package io.souk.kit.deadletter;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.UUID;

/** Which open letters to redrive: those to which all that is named applies, and all of them when nothing is. */
@Schema(name = "NewRedrive", examples = """
        {"tenant": "kosher-market", "consumer": "views-product"}
        """)
record RedriveRequest(
        @Nullable UUID id,
        @Nullable String tenant,
        @Nullable String consumer,
        @Nullable String topic,

        @Schema(description = "Given up then or later") @Nullable
        Instant from,

        @Schema(description = "Given up before") @Nullable Instant until) {
    Letters letters() {
        return new Letters(id, tenant, consumer, topic, from, until);
    }
}
