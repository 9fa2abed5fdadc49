package io.souk.kit.consumer;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.souk.kit.event.EventHealth;
import io.souk.kit.event.Topics;

import java.util.Map;

/**
 * What one reader works with.
 *
 * @param part names the reader to an operator
 * @param settings of its Kafka client
 */
record ReaderTools(
        String part,
        Map<String, Object> settings,
        ReadersConfig config,
        Topics topics,
        EventHealth health,
        ObjectMapper json,
        Handlers handlers,
        Persistence.Grave grave,
        ReaderMetrics metrics) {}
