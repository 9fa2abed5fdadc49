package io.souk.kit.schema;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.souk.testing.SoukServers;
import io.souk.testing.Tenants;
import io.souk.testing.Tokens;
import io.souk.testing.schema.AsyncApiDocument;
import io.souk.testing.schema.EventCheck;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.stream.StreamSupport;

import static io.souk.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

/** What a service tells of its own events; the kit's tests are a service with one aggregate. */
@QuarkusTest
@WithTestResource(value = SoukServers.class, scope = TestResourceScope.GLOBAL)
class SchemasTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void givenTheList_thenItLeadsToEverySchema() {
        var list = json(get("/v1/schemas", "service"));

        var types = StreamSupport.stream(list.path("items").spliterator(), false)
                .map(item -> item.path("type").asText())
                .toList();
        assertThat(types)
                .containsExactly(
                        "souk.catalog.thing.changed.v1", "souk.catalog.thing.deleted.v1", "souk.catalog.heartbeat.v1");
        list.path("items").forEach(item -> {
            var schema = json(get(item.path("href").asText(), "service"));
            assertThat(schema.path("title")).isEqualTo(item.path("type"));
            assertThat(schema.path("$id").asText())
                    .endsWith("/schemas/" + item.path("type").asText());
        });
    }

    @Test
    void givenASchema_thenItIsOneAndHasItsMediaType() throws JsonProcessingException {
        var answer = get("/v1/schemas/souk.catalog.thing.deleted.v1", "readonly");

        assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("application/schema+json");
        var id = "0198c5d2-7f3e-7c1a-9b2d-4e5f60718293";
        assertThat(EventCheck.faults(json(answer), JSON.readTree("{\"id\":\"%s\",\"version\":2}".formatted(id))))
                .isEmpty();
        assertThat(EventCheck.faults(json(answer), JSON.readTree("{\"id\":\"" + id + "\"}")))
                .isNotEmpty();
    }

    @Test
    void givenAHeartbeatsData_thenItFitsItsSchema() throws JsonProcessingException {
        var schema = json(get("/v1/schemas/souk.catalog.heartbeat.v1", "service"));

        var data = "{\"watermark\":1763740800000000,\"sources\":{\"souk.inventory.stock\":1763740799000000}}";
        assertThat(EventCheck.faults(schema, JSON.readTree(data))).isEmpty();
        assertThat(EventCheck.faults(schema, JSON.readTree("{\"watermark\":\"now\"}")))
                .isNotEmpty();
    }

    @Test
    void givenTheTopicsDocument_thenItIsValidAndTellsOfEveryTopic() {
        var document = json(get("/v1/asyncapi", "service"));

        assertThat(AsyncApiDocument.faults(document)).isEmpty();
        var thing = document.at("/channels/thing");
        assertThat(thing.path("address").asText()).endsWith(".catalog.thing");
        assertThat(thing.at("/bindings/kafka/partitions").asInt()).isPositive();
        assertThat(thing.path("messages").properties())
                .extracting(message -> message.getKey())
                .containsExactly("changed", "deleted", "heartbeat");
        assertThat(document.at("/components/messages/thing-changed/payload/properties")
                        .has("name"))
                .isTrue();
        assertThat(document.at("/components/messages/thing-changed/headers/required")
                        .toString())
                .contains("ce_aggregateversion", "ce_tenant");
        assertThat(document.at("/components/messages/heartbeat/headers/required")
                        .toString())
                .doesNotContain("ce_tenant");
    }

    /** The check itself can find something. */
    @Test
    void givenABrokenDocument_thenItsFaultsAreFound() {
        var document = (ObjectNode) json(get("/v1/asyncapi", "service"));
        document.put("tags", "none");
        ((ObjectNode) document.at("/channels/thing")).remove("address");
        ((ObjectNode) document.at("/operations/tell-thing")).put("action", "whisper");
        ((ObjectNode) document.at("/channels/thing/messages/changed")).put("$ref", "#/components/messages/lost");

        assertThat(AsyncApiDocument.faults(document)).hasSize(4);
    }

    @ParameterizedTest
    @CsvSource({
        "/v1/schemas/catalog, 200",
        "/v1/schemas/catalog/souk.catalog.thing.changed.v1, 200",
        "/v1/asyncapi/catalog, 200",
        "/v1/changes/catalog, 200",
        "/v1/changes/catalog?limit=1, 200",
        "/v1/changes/orders, 404",
        "/v1/schemas/orders, 404",
        "/v1/schemas/souk.catalog.nothing.changed.v1, 404",
        "/v1/asyncapi/catalog/more, 404",
    })
    void givenAPathWithTheServicesName_thenItLeadsWhereTheShortOneDoes_andAnothersNowhere(String path, int status) {
        int answered =
                eventually(Duration.ofSeconds(60), () -> get(path, "service").statusCode(), code -> code != 503);

        assertThat(answered).isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource({"admin, 200", "merchant, 200", "service, 200", "readonly, 200", "customer, 403"})
    void rolesDecide(String role, int status) {
        assertThat(get("/v1/schemas", role).statusCode()).isEqualTo(status);
        assertThat(get("/v1/asyncapi", role).statusCode()).isEqualTo(status);
    }

    private static HttpResponse<String> get(String path, String role) {
        int port = ConfigProvider.getConfig().getValue("quarkus.http.test-port", Integer.class);
        var request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                .header("Authorization", "Bearer " + Tokens.of(Tenants.fresh(), role))
                .build();
        try (var client = HttpClient.newHttpClient()) {
            return client.send(request, BodyHandlers.ofString());
        } catch (IOException failure) {
            throw new IllegalStateException(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    private static JsonNode json(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        try {
            return JSON.readTree(answer.body());
        } catch (JsonProcessingException failure) {
            throw new AssertionError(answer.body(), failure);
        }
    }
}
