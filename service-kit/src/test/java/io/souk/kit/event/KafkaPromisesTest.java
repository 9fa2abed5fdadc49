package io.souk.kit.event;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class KafkaPromisesTest {
    private static final String WHERE = "bootstrap.servers";

    private final KafkaSettings kafka = new KafkaSettings(Map.of(WHERE, "localhost:1"));

    @ParameterizedTest
    @CsvSource({
        "acks, 1",
        "enable.idempotence, false",
        "retries, 3",
        "max.in.flight.requests.per.connection, 6",
        "transactional.id, mine",
        "transaction.timeout.ms, 900000",
        "isolation.level, read_uncommitted",
        "enable.auto.commit, true"
    })
    void givenAnOperatorsSettingThatWeakensAPromise_thenItIsRefusedByName(String name, String value) {
        assertThatIllegalStateException()
                .isThrownBy(() -> new KafkaSettings(Map.of(WHERE, "localhost:1", name, value)))
                .withMessageContaining("kafka.%s=%s", name, value);
    }

    @ParameterizedTest
    @CsvSource({"acks, all", "max.in.flight.requests.per.connection, 1", "security.protocol, SSL"})
    void givenAnOperatorsSettingThatWeakensNothing_thenItIsTaken(String name, String value) {
        assertThatCode(() -> new KafkaSettings(Map.of(WHERE, "localhost:1", name, value)))
                .doesNotThrowAnyException();
    }

    /** Kafka itself refuses an idempotent producer with some of them. */
    @ParameterizedTest
    @CsvSource({
        "enable.idempotence, false",
        "retries, 3",
        "transactional.id, mine",
    })
    void givenAProducerThatIsWeakenedAfterwards_thenItIsRefused(String name, String value) {
        var settings = kafka.producer("test");
        settings.put(name, value);

        assertThatIllegalStateException().isThrownBy(() -> KafkaPromises.ofProducer(settings));
    }

    @Test
    void givenAProducerWithoutIdempotence_thenItsAcknowledgementAndItsOrderAreLookedAtAllTheSame() {
        var acknowledged = kafka.producer("test");
        acknowledged.put("enable.idempotence", false);
        acknowledged.put("acks", "1");

        assertThatIllegalStateException()
                .isThrownBy(() -> KafkaPromises.ofProducer(acknowledged))
                .withMessageContaining("acknowledged by all");
    }

    @Test
    void givenAProducerOfTransactionsWithoutItsIdOrWithALongTimeout_thenItIsRefused() {
        var settings = kafka.producer("test");
        settings.put("transaction.timeout.ms", 15_000);
        assertThatIllegalStateException().isThrownBy(() -> KafkaPromises.ofTransactions(settings));

        settings.put("transactional.id", "relay");
        assertThat(KafkaPromises.ofTransactions(settings)).isEqualTo(settings);

        settings.put("transaction.timeout.ms", 15_001);
        assertThatIllegalStateException().isThrownBy(() -> KafkaPromises.ofTransactions(settings));
    }

    @ParameterizedTest
    @CsvSource({"isolation.level, read_uncommitted", "enable.auto.commit, true"})
    void givenAConsumerThatIsWeakenedAfterwards_thenItIsRefused(String name, String value) {
        var settings = kafka.consumer("test", 10);
        settings.put("group.id", "test");
        settings.put(name, value);

        assertThatIllegalStateException().isThrownBy(() -> KafkaPromises.ofConsumer(settings));
    }

    @Test
    void givenOurOwnSettings_thenTheyAreTakenAsTheyAre() {
        assertThat(KafkaPromises.ofProducer(kafka.producer("test"))).isEqualTo(kafka.producer("test"));
        assertThat(KafkaPromises.ofConsumer(kafka.consumer("test", 10))).isEqualTo(kafka.consumer("test", 10));
    }
}
