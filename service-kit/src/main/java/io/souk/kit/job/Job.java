package io.souk.kit.job;

import com.fasterxml.jackson.databind.JsonNode;
import io.souk.kit.tenant.TenantId;
import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/**
 * A job as its last committed step left it.
 *
 * @param position how far it has come, in its handler's own measure; 0 at first
 * @param total where it will end, in the same measure, if that is known
 * @param counts what it has done so far, by the handler's own names
 * @param failure why it failed, for the tenant's eyes; null unless it has
 */
public record Job(
        UUID id,
        TenantId tenant,
        String kind,
        JobState state,
        JsonNode input,
        long position,
        @Nullable Long total,
        Map<String, Long> counts,
        Instant createdAt,
        @Nullable Instant startedAt,
        @Nullable Instant finishedAt,
        @Nullable String failure) {}
