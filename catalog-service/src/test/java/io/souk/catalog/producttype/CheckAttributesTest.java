package io.souk.catalog.producttype;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.junit.QuarkusTest;
import io.souk.catalog.CatalogServiceTest;
import io.souk.catalog.input.Fault;
import io.souk.catalog.input.Faults;
import io.vertx.core.Vertx;
import jakarta.inject.Inject;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

/** What a tenant's dear schema may cost: an answer to that tenant, and nobody else's time. */
@QuarkusTest
class CheckAttributesTest extends CatalogServiceTest {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @Inject
    CheckAttributes check;

    @Inject
    ObjectMapper json;

    @Inject
    Vertx vertx;

    private static String dearSchema(int constants) {
        return "{\"properties\": {\"a\": {\"items\": {\"anyOf\": "
                + IntStream.range(0, constants)
                        .mapToObj(i -> "{\"const\": " + i + "}")
                        .toList() + "}}}}";
    }

    private static ObjectNode arrayOf(int elements) {
        var attributes = JsonNodeFactory.instance.objectNode();
        var array = attributes.putArray("a");
        IntStream.range(0, elements).forEach(_ -> array.add(-1));
        return attributes;
    }

    private void makeDearType() {
        shop.admin()
                .body("{\"name\": \"dear\", \"title\": \"Dear\", \"schema\": " + dearSchema(1_900) + "}")
                .post("/v1/product-types")
                .then()
                .statusCode(201);
    }

    @Test
    void attributesThatWouldTakeTooLongAreRefused() {
        makeDearType();

        shop.admin()
                .body("{\"name\": \"n\", \"type\": \"dear\", \"attributes\": " + arrayOf(20_000) + "}")
                .post("/v1/products")
                .then()
                .statusCode(422)
                .body("errors", hasSize(1))
                .body("errors[0].pointer", equalTo("/attributes"));
    }

    @Test
    void soIsARowOfAnImportAlone() {
        makeDearType();
        var rows = "{\"name\": \"dear\", \"type\": \"dear\", \"attributes\": %s, \"variants\": [{\"sku\": \"D-1\"}]}\n"
                        .formatted(arrayOf(20_000))
                + "{\"name\": \"cheap\", \"type\": \"dear\", \"attributes\": {\"a\": [1]}, \"variants\": [{\"sku\": \"D-2\"}]}\n";

        var answer = shop.ended(shop.as("admin")
                .contentType("application/x-ndjson")
                .header("Prefer", "wait=30")
                .body(rows.getBytes(StandardCharsets.UTF_8))
                .post("/v1/imports"));

        answer.then()
                .statusCode(200)
                .body("state", equalTo("SUCCEEDED"))
                .body("counts.created", equalTo(1))
                .body("counts.rejected", equalTo(1));
        shop.as("admin")
                .get("/v1/imports/" + answer.jsonPath().getString("id") + "/records?outcome=REJECTED")
                .then()
                .body("items.line", equalTo(List.of(1)))
                .body("items[0].reasons[0].pointer", equalTo("/attributes"));
    }

    @Test
    void theFaultsOfManyAreAllFoundAndTheEventLoopGoesOnMeanwhile() throws JsonProcessingException {
        var rules = AttributeRules.compile(json.readValue(dearSchema(1_900), ObjectNode.class));
        var checks = new ArrayList<CheckAttributes.Check>();
        for (int i = 0; i < 30; i++) { // each nearly as dear as may be
            checks.add(new CheckAttributes.Check(rules, arrayOf(20), "/attributes", new Faults()));
        }
        var context = vertx.getOrCreateContext();
        var ticks = new AtomicInteger();
        var ticksMeanwhile = new CompletableFuture<Integer>();

        context.runOnContext(_ -> {
            var timer = vertx.setPeriodic(1, _ -> ticks.incrementAndGet());
            check.check(checks)
                    .subscribe()
                    .with(
                            _ -> {
                                vertx.cancelTimer(timer);
                                ticksMeanwhile.complete(ticks.get());
                            },
                            ticksMeanwhile::completeExceptionally);
        });

        assertThat(ticksMeanwhile)
                .succeedsWithin(PATIENCE)
                .asInstanceOf(InstanceOfAssertFactories.INTEGER)
                .isGreaterThan(5); // none, had the event loop done it
        assertThat(checks)
                .allSatisfy(one -> assertThat(one.faults().list())
                        .extracting(Fault::pointer)
                        .contains("/attributes/a/0"));
    }
}
