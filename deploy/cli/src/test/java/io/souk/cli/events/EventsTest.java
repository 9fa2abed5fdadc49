package io.souk.cli.events;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.souk.cli.Ran;
import io.souk.cli.local.Component;
import io.souk.cli.local.DataFolder;
import io.souk.cli.local.TestStacks;
import io.souk.stack.FreePort;
import io.souk.stack.KafkaServer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

class EventsTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String TOPIC = "souk.orders.order";

    @TempDir
    static Path folder;

    private static KafkaServer kafka;

    @BeforeAll
    static void fill() throws Exception {
        kafka = KafkaServer.start(folder.resolve("kafka"), FreePort.next(), Duration.ofMinutes(1));
        remember(folder.resolve("data"), kafka.port());
        Map<String, Object> servers = Map.of("bootstrap.servers", "127.0.0.1:" + kafka.port());
        try (var admin = Admin.create(servers)) {
            admin.createTopics(List.of(new NewTopic(TOPIC, 2, (short) 1))).all().get();
        }
        try (var producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", "127.0.0.1:" + kafka.port(), "transactional.id", "shard"),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            producer.initTransactions();
            producer.beginTransaction();
            var _ = producer.send(event(0, "kosher-market/1", "{\"version\":1}"));
            var _ = producer.send(event(1, "card-shop/2", "{\"version\":1}"));
            var _ = producer.send(event(1, "heartbeat", "{\"watermark\":1}"));
            producer.commitTransaction();
            producer.beginTransaction();
            var _ = producer.send(event(0, "kosher-market/1", "{\"version\":99}"));
            producer.flush();
            producer.abortTransaction();
            producer.beginTransaction();
            var _ = producer.send(event(0, "kosher-market/1", "{\"version\":2}"));
            var _ = producer.send(event(0, "kosher-market/1", "no JSON"));
            var _ = producer.send(event(0, "kosher-market/1", null));
            producer.commitTransaction();
        }
    }

    @AfterAll
    static void stop() {
        kafka.close();
    }

    @Test
    void givenATopic_whenItIsPrinted_thenEveryCommittedEventIsALineAndTheOthersAreNot() {
        var ran = souk("events", TOPIC);

        assertThat(ran.code()).isZero();
        assertThat(lines(ran)
                        .filter(line -> line.path("partition").asInt() == 0)
                        .map(line -> line.path("data")))
                .containsExactly(
                        JSON.createObjectNode().put("version", 1),
                        JSON.createObjectNode().put("version", 2),
                        JSON.getNodeFactory().textNode("no JSON"),
                        JSON.nullNode());
        assertThat(lines(ran).filter(line -> line.path("partition").asInt() == 1))
                .singleElement()
                .satisfies(line -> {
                    assertThat(line.path("offset").asLong()).isZero();
                    assertThat(line.path("key").asText()).isEqualTo("card-shop/2");
                    assertThat(line.at("/headers/ce_type").asText()).isEqualTo("souk.orders.order.changed.v1");
                });
    }

    @Test
    void givenATenant_whenItsEventsAreAskedFor_thenOthersAreLeftOut() {
        assertThat(lines(souk("events", TOPIC, "--tenant", "card-shop"))).hasSize(1);
        assertThat(lines(souk("events", TOPIC, "--tenant", "card"))).isEmpty();
    }

    @Test
    void givenAMaximum_whenThereIsMore_thenItStopsThereEvenWhenItFollows() {
        assertThat(lines(souk("events", TOPIC, "--max", "2"))).hasSize(2);
        assertThat(lines(souk("events", TOPIC, "--follow", "--max", "5"))).hasSize(5);
    }

    @Test
    void givenNoSuchTopic_thenTheTopicsThereAreAreNamed() {
        var ran = souk("events", "souk.orders.ordre");

        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.err()).isEqualTo("souk: There is no topic souk.orders.ordre; there are souk.orders.order.\n");
    }

    @Test
    void givenKafkaIsNotThere_thenItSaysSo(@TempDir Path other) {
        remember(other.resolve("data"), FreePort.next());

        var ran = Ran.souk("events", TOPIC, "--data", other.resolve("data").toString());

        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.err()).startsWith("souk: Kafka does not answer on port ").hasLineCount(1);
        assertThat(ran.out()).isEmpty();
    }

    private static void remember(Path path, int kafkaPort) {
        var data = new DataFolder(path);
        data.prepare();
        TestStacks.remember(data, Component.KAFKA, kafkaPort);
    }

    private static Ran souk(String... arguments) {
        return Ran.souk(Stream.concat(
                        Stream.of(arguments),
                        Stream.of("--data", folder.resolve("data").toString()))
                .toArray(String[]::new));
    }

    private static Stream<JsonNode> lines(Ran ran) {
        return ran.out().lines().map(line -> {
            try {
                return JSON.readTree(line);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private static ProducerRecord<byte[], byte[]> event(int partition, String key, @Nullable String data) {
        var event = new ProducerRecord<byte[], byte[]>(
                TOPIC,
                partition,
                key.getBytes(StandardCharsets.UTF_8),
                data == null ? null : data.getBytes(StandardCharsets.UTF_8));
        event.headers().add("ce_type", "souk.orders.order.changed.v1".getBytes(StandardCharsets.UTF_8));
        return event;
    }
}
