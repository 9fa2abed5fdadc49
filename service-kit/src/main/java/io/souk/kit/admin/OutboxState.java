package io.souk.kit.admin;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** What waits to be relayed, and who relays. */
@Schema(name = "Outbox")
record OutboxState(
        @Schema(description = "Events that wait; counted up to 500,000")
        long rows,

        @Schema(
                description =
                        "Whether all were counted; if not, there are more than `rows`, in `shards` and `tenants` too")
        boolean complete,

        @Schema(description = "Seconds for which the oldest of them has waited; 0 when none waits")
        double oldestSeconds,

        @Schema(
                description =
                        "Committed by all replicas, events per second over the last seconds; absent right after a start")
        @Nullable
        Double appendedPerSecond,

        @Schema(description = "Relayed and removed, likewise") @Nullable
        Double relayedPerSecond,

        List<Shard> shards,

        @Schema(description = "Those with the most events that wait, the most first")
        List<Tenant> tenants) {

    @Schema(name = "OutboxShard")
    record Shard(
            int shard,
            long rows,
            double oldestSeconds,

            @Schema(description = "The replica that relays it; absent when none does") @Nullable
            UUID leader,

            @Schema(description = "Until when, unless it is renewed") @Nullable
            Instant leaseUntil) {}

    @Schema(name = "OutboxTenant")
    record Tenant(String tenant, long rows) {}
}
