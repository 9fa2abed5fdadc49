package io.souk.orders;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.cloudevents.CloudEvent;
import io.cloudevents.SpecVersion;
import io.cloudevents.kafka.KafkaMessageFactory;
import io.souk.testing.EventLog;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

import static io.souk.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

/** What docs/events.md promises to other teams, read as they read it: with the CloudEvents SDK and nothing of ours. */
@OrdersTest
class EventsForOthersTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Shop shop = new Shop();

    @Test
    void givenAnOrderThatWasConfirmed_whenItsEventsAreReadWithTheSdk_thenEachTellsTheWholeOrderAsOfItsVersion() {
        var id = shop.place("tok_ok");
        var reservation = UUID.randomUUID();
        InventoryEvents.reservation(shop.tenant(), reservation, 1, id, "OPEN", "[]");
        eventually(() -> shop.get(id).body("status", equalTo("AUTHORISED")));
        InventoryEvents.reservation(shop.tenant(), reservation, 2, id, "CONFIRMED", "[]");
        eventually(() -> assertThat(shop.events(id)).hasSize(4));

        var records = shop.events(id);
        var events = records.stream().map(EventsForOthersTest::read).toList();

        assertThat(records)
                .extracting(ConsumerRecord::partition)
                .containsOnly(records.getFirst().partition());
        assertThat(records).extracting(ConsumerRecord::key).containsOnly(shop.tenant() + "/" + id);
        assertThat(events).extracting(CloudEvent::getId).doesNotHaveDuplicates();
        assertThat(events)
                .extracting(event -> extension(event, "aggregateversion"))
                .containsExactly("1", "2", "3", "4");
        assertThat(events).allSatisfy(event -> {
            assertThat(event.getSpecVersion()).isEqualTo(SpecVersion.V1);
            assertThat(event.getType()).isEqualTo("souk.orders.order.changed.v1");
            assertThat(event.getSource()).isEqualTo(URI.create("/souk/orders"));
            assertThat(event.getSubject()).isEqualTo(id.toString());
            assertThat(event.getDataContentType()).isEqualTo("application/json");
            assertThat(event.getTime()).isNotNull();
            assertThat(extension(event, "tenant")).isEqualTo(shop.tenant());
            assertThat(extension(event, "partitionkey")).isEqualTo(shop.tenant() + "/" + id);
            assertThat(extension(event, "epoch")).isEqualTo("1");
        });
        assertThat(events.stream().map(EventsForOthersTest::data)).allSatisfy(order -> {
            assertThat(order.path("id").asText()).isEqualTo(id.toString());
            assertThat(order.at("/lines/0/sku").asText()).isEqualTo(shop.sku());
            assertThat(order.at("/lines/0/quantity").asInt()).isEqualTo(2);
            assertThat(order.at("/total/amount").asLong()).isEqualTo(900);
            assertThat(order.toString()).doesNotContain("\"ada\""); // three letters alone may be part of an id
        });
        assertThat(events.stream().map(event -> data(event).path("version").asText()))
                .containsExactlyElementsOf(extensions(events));
        assertThat(events.stream().map(event -> data(event).path("status").asText()))
                .containsExactly("PLACED", "RESERVED", "AUTHORISED", "CONFIRMED");
        assertThat(data(events.get(3)).path("changed"))
                .extracting(JsonNode::asText)
                .containsExactly("status");
    }

    @Test
    void givenTheExampleOfTheDocumentation_whenItIsRun_thenItKnowsTheOrdersPresentState() {
        var id = shop.place("tok_declined");
        InventoryEvents.reservation(shop.tenant(), UUID.randomUUID(), 1, id, "OPEN", "[]");
        eventually(() -> assertThat(shop.events(id)).hasSize(3));

        var key = shop.tenant() + "/" + id;
        // it ends when nothing has come for ten seconds, of which its group's first meeting may take all
        eventually(
                Duration.ofMinutes(3),
                () -> assertThat(exampleOf(UUID.randomUUID()).lines().filter(line -> line.contains(key)))
                        .hasSize(4)
                        .last(InstanceOfAssertFactories.STRING)
                        .startsWith(key + " = {")
                        .contains("\"version\":3", "\"status\":\"DECLINED\""));
    }

    /** What it prints, as a group of that name. */
    private static String exampleOf(UUID group) {
        try {
            var example = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-cp",
                            System.getProperty("java.class.path"),
                            "../docs/examples/OrderStatuses.java",
                            ConfigProvider.getConfig().getValue("kafka.bootstrap.servers", String.class),
                            EventLog.topic("orders", "order"),
                            "example-" + group)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            var output = new String(example.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(example.waitFor()).isZero();
            return output;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    private static CloudEvent read(ConsumerRecord<String, byte[]> event) {
        return KafkaMessageFactory.createReader(event).toEvent();
    }

    private static List<String> extensions(List<CloudEvent> events) {
        return events.stream()
                .map(event -> extension(event, "aggregateversion"))
                .toList();
    }

    private static String extension(CloudEvent event, String name) {
        return String.valueOf(event.getExtension(name));
    }

    private static JsonNode data(CloudEvent event) {
        try {
            return JSON.readTree(Objects.requireNonNull(event.getData()).toBytes());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
