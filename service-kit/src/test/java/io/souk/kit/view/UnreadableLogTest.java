package io.souk.kit.view;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.souk.kit.Things;
import io.souk.kit.event.KafkaSettings;
import io.souk.kit.event.Topics;
import io.souk.kit.view.CacheAdmin.Rebuild.Phase;
import io.souk.testing.SoukServers;
import jakarta.inject.Inject;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import static io.souk.kit.Things.PATIENCE;
import static io.souk.testing.Eventually.eventually;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/** A log with a record of which nobody can tell what it is about. */
@QuarkusTest
@TestProfile(UnreadableLogTest.OwnTopics.class)
@WithTestResource(value = SoukServers.class, scope = TestResourceScope.GLOBAL)
class UnreadableLogTest {
    /** No other test's rebuild would get past such a record. */
    public static final class OwnTopics implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("souk.events.topic-prefix", "unreadable");
        }
    }

    @Inject
    CacheAdmin admin;

    @Inject
    KafkaSettings kafka;

    @Inject
    Topics topics;

    @Test
    void whenTheCacheIsRebuilt_thenItFailsAndNamesTheRecord() throws Exception {
        topics.ensure(Set.of(Things.THING));
        var topic = topics.of(Things.THING);
        try (var producer = new KafkaProducer<byte[], byte[]>(kafka.producer("unreadable"))) {
            producer.send(new ProducerRecord<>(topic, 1, "nobody's".getBytes(UTF_8), "anything".getBytes(UTF_8)))
                    .get();
        }

        assertThat(admin.rebuild()).isTrue();

        eventually(Duration.ofMinutes(2), () -> {
            var rebuild = Objects.requireNonNull(
                    admin.state().await().atMost(PATIENCE).rebuild());
            assertThat(rebuild.phase()).isEqualTo(Phase.FAILED);
            assertThat(rebuild.failure()).contains(topic + "-1", "renew");
        });
    }
}
