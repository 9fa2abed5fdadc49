package io.souk.search;

import io.restassured.path.json.JsonPath;
import io.restassured.specification.RequestSpecification;
import io.souk.kit.event.AggregateType;
import io.souk.kit.event.ChangeKind;
import io.souk.kit.event.Envelope;
import io.souk.kit.event.EventKey;
import io.souk.kit.event.EventRecords;
import io.souk.kit.event.Order;
import io.souk.kit.id.Ids;
import io.souk.kit.tenant.TenantId;
import io.souk.testing.EventLog;
import io.souk.testing.Tenants;
import io.souk.testing.Tokens;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

import static io.restassured.RestAssured.given;
import static io.souk.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

/** A catalogue of a fresh tenant: tells events into the real topics as its relay would, and searches over HTTP. */
public final class Catalogue {
    private static final AggregateType PRODUCT = new AggregateType("catalog", "product");
    private static final AggregateType PRICE = new AggregateType("catalog", "price");
    private static final AggregateType AVAILABILITY = new AggregateType("catalog", "availability");
    private static final AggregateType BRAND = new AggregateType("catalog", "brand");
    private static final AggregateType CATEGORY = new AggregateType("catalog", "category");
    private static final AggregateType TYPE = new AggregateType("catalog", "product-type");

    private static final KafkaProducer<byte[], byte[]> PRODUCER = new KafkaProducer<>(
            Map.of("bootstrap.servers", config("kafka.bootstrap.servers"), "acks", "all", "linger.ms", "5"),
            new ByteArraySerializer(),
            new ByteArraySerializer());

    private final String tenant = Tenants.fresh();

    public String tenant() {
        return tenant;
    }

    /** A product as the catalogue tells of it; more fields may be put in. */
    public static JsonObject product(UUID id, String status, String name) {
        return new JsonObject()
                .put("id", id.toString())
                .put("version", 1)
                .put("status", status)
                .put("name", name)
                .put("description", "")
                .put("slug", "a-slug")
                .put("type", "grocery")
                .putNull("brandId")
                .put("categoryIds", new JsonArray())
                .put("tags", new JsonArray())
                .put("attributes", new JsonObject())
                .put(
                        "media",
                        new JsonArray()
                                .add(new JsonObject()
                                        .put("url", "https://example.com/1.jpg")
                                        .put("alt", "")))
                .put("variants", new JsonArray().add(variant(id, "SKU-" + id)))
                .put("createdAt", "2026-01-01T00:00:00Z")
                .put("updatedAt", "2026-01-01T00:00:00Z")
                .put("publishedAt", status.equals("PUBLISHED") ? "2026-01-01T00:00:00Z" : null)
                .put("aFieldOfTomorrow", 1)
                .put("changed", new JsonArray().add("name"));
    }

    public static JsonObject variant(UUID id, String sku, String... gtins) {
        return new JsonObject()
                .put("id", id.toString())
                .put("sku", sku)
                .putNull("name")
                .put("options", new JsonObject())
                .put("gtins", new JsonArray(List.of(gtins)));
    }

    public void tellProduct(UUID id, long version, String status, String name) {
        tellProduct(id, version, product(id, status, name));
    }

    public void tellProduct(UUID id, long version, JsonObject state) {
        tell(
                PRODUCT,
                id,
                version,
                ChangeKind.CHANGED,
                state.put("version", version).encode());
    }

    public void tellProductDeleted(UUID id, long version) {
        tell(PRODUCT, id, version, ChangeKind.DELETED, "{}");
    }

    /** An event of the product whose data may be anything; its id. */
    public UUID tellPoison(UUID product, long version, String data) {
        return tell(PRODUCT, product, version, ChangeKind.CHANGED, data);
    }

    public void tellPrices(UUID product, long version, JsonObject... prices) {
        var state = new JsonObject()
                .put("productId", product.toString())
                .put("version", version)
                .put("prices", new JsonArray(List.of(prices)))
                .put("changed", new JsonArray().add("prices"));
        tell(PRICE, product, version, ChangeKind.CHANGED, state.encode());
    }

    public static JsonObject price(long amount, String currency) {
        return new JsonObject()
                .put("variantId", UUID.randomUUID().toString())
                .put("sku", "S")
                .put("amount", amount)
                .put("currency", currency);
    }

    public void tellAvailability(UUID product, long version, long available) {
        var state = new JsonObject()
                .put("productId", product.toString())
                .put("version", version)
                .put("available", available)
                .put("variants", new JsonArray())
                .put("changed", new JsonArray());
        tell(AVAILABILITY, product, version, ChangeKind.CHANGED, state.encode());
    }

    public void tellBrand(UUID id, long version, String name) {
        tell(
                BRAND,
                id,
                version,
                ChangeKind.CHANGED,
                new JsonObject().put("id", id.toString()).put("name", name).encode());
    }

    public void tellCategory(UUID id, long version, String name, @Nullable UUID parent) {
        var state = new JsonObject()
                .put("id", id.toString())
                .put("name", name)
                .put("slug", name.toLowerCase(Locale.ROOT))
                .put("parentId", parent == null ? null : parent.toString());
        tell(CATEGORY, id, version, ChangeKind.CHANGED, state.encode());
    }

    public void tellType(UUID id, long version, String name, String title) {
        var state = new JsonObject().put("id", id.toString()).put("name", name).put("title", title);
        tell(
                TYPE,
                id,
                version,
                ChangeKind.CHANGED,
                state.put("schema", new JsonObject()).encode());
    }

    private UUID tell(AggregateType type, UUID id, long version, ChangeKind kind, String data) {
        var owner = new TenantId(tenant);
        var envelope = new Envelope(Ids.next(), type, owner, id, new Order(1, version), Instant.now(), null, null);
        int shard = new EventKey(owner, id).shard(Integer.parseInt(config("souk.events.partitions")));
        var _ = PRODUCER.send(EventRecords.encode(
                EventLog.topic(type.service(), type.name()),
                shard,
                envelope,
                type.eventType(kind),
                data.getBytes(StandardCharsets.UTF_8)));
        return envelope.eventId();
    }

    public RequestSpecification asCustomer() {
        return given().header("Authorization", "Bearer " + Tokens.of(tenant, "customer"));
    }

    /** What a search with these parameters, name after value, answers. */
    public JsonPath search(Object... parameters) {
        var request = asCustomer();
        for (int i = 0; i < parameters.length; i += 2) {
            request.queryParam((String) parameters[i], parameters[i + 1]);
        }
        return request.get("/v1/search").then().statusCode(200).extract().jsonPath();
    }

    public List<String> names(Object... parameters) {
        return search(parameters).getList("items.name");
    }

    /** Waits until exactly these are found, in any order. */
    public void awaitAll(String... names) {
        eventually(() -> assertThat(names("limit", 200)).containsExactlyInAnyOrder(names));
    }

    /** The documents that were told of a product, in their order; null for a deletion. */
    public List<@Nullable JsonObject> documents(UUID product) {
        return EventLog.readAll(EventLog.topic("search", "document"), tenant + "/" + product).stream()
                .map(record -> new String(record.headers().lastHeader("ce_type").value(), StandardCharsets.UTF_8)
                                .contains("deleted")
                        ? null
                        : new JsonObject(Buffer.buffer(record.value())))
                .toList();
    }

    static String config(String name) {
        return ConfigProvider.getConfig().getValue(name, String.class);
    }
}
