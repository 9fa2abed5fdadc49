package io.souk.kit.event;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.souk.testing.SoukServers;
import jakarta.inject.Inject;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

import static io.souk.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** A topic that somebody else has made keeps what is promised of it, or nothing is written to it. */
@QuarkusTest
@WithTestResource(value = SoukServers.class, scope = TestResourceScope.GLOBAL)
class TopicsTest {
    private final AggregateType aggregate =
            new AggregateType("found", "t" + UUID.randomUUID().toString().replace("-", ""));

    @Inject
    EventsConfig config;

    @Inject
    KafkaSettings kafka;

    @ParameterizedTest
    @CsvSource({
        "cleanup.policy, delete",
        "min.compaction.lag.ms, 60000",
        "delete.retention.ms, 60000",
    })
    void givenATopicThatForgetsTooMuch_thenItIsRefusedByName(String setting, String value) throws Exception {
        make(config.partitions(), Map.of(setting, value));

        assertRefused(topics().of(aggregate), setting, value);
    }

    @Test
    void givenATopicOfOtherPartitions_thenItIsRefused() throws Exception {
        make(config.partitions() + 1, Map.of());

        assertRefused("%d partitions".formatted(config.partitions() + 1));
    }

    @Test
    void givenATopicThatRemembersLonger_thenItIsTaken() throws Exception {
        make(config.partitions(), Map.of("min.compaction.lag.ms", Long.toString(Long.MAX_VALUE)));

        eventually(() -> assertThatCode(this::ensure).doesNotThrowAnyException());
    }

    @Test
    void givenNoTopic_thenTheOneThatIsMadeKeepsAllOfIt() {
        assertThatCode(this::ensure).doesNotThrowAnyException();
    }

    /** Eventually: what one of Kafka's threads has made, another may not know yet. */
    private void assertRefused(String... words) {
        eventually(() -> assertThatThrownBy(this::ensure)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContainingAll(words));
    }

    private void ensure() {
        topics().ensure(List.of(aggregate));
    }

    /** One that has not seen the topic yet. */
    private Topics topics() {
        return new Topics(config, kafka, "test");
    }

    private void make(int partitions, Map<String, String> differing) throws Exception {
        var settings = new HashMap<>(Map.of(
                "cleanup.policy",
                "compact",
                "min.compaction.lag.ms",
                Long.toString(config.compactionLag().toMillis()),
                "delete.retention.ms",
                Long.toString(config.tombstoneRetention().toMillis())));
        settings.putAll(differing);
        var topic = new NewTopic(topics().of(aggregate), partitions, (short) 1).configs(settings);
        try (var admin = Admin.create(kafka.admin("test"))) {
            admin.createTopics(List.of(topic)).all().get(30, TimeUnit.SECONDS);
        }
    }
}
