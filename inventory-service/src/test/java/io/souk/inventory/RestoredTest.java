package io.souk.inventory;

import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.souk.kit.event.Order;
import io.souk.testing.LogFold;
import io.souk.testing.LogFold.Last;
import io.souk.testing.Retelling;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;

import java.util.Map;
import java.util.UUID;

import static org.assertj.core.api.Assertions.assertThat;

/** The service after its database was put back to a backup and its epoch was raised: the log has aggregates that no table has. */
@InventoryTest
@TestProfile(RestoredTest.Restored.class)
class RestoredTest {
    /** Topics of its own: the log may have no epoch above that of other tests. */
    public static final class Restored implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("souk.events.epoch", "2", "souk.events.topic-prefix", "restored");
        }
    }

    private final Shop shop = new Shop();

    @Test
    void givenALevelThatOnlyTheLogKnows_whenAllIsToldOnceMore_thenItsDeletionFollowsWhatWasLost() {
        var lost = UUID.randomUUID();
        ForeignEvents.changed(Topics.STOCK, shop.tenant(), lost, new Order(1, 3), level(lost, 3));
        shop.location("side", 7);

        var ended = Retelling.run();

        assertThat(ended.path("state").asText()).as(ended.toString()).isEqualTo("SUCCEEDED");
        assertThat(ended.path("lost").asLong()).isPositive();
        Retelling.awaitRelayed("inventory", shop.tenant());
        assertThat(LogFold.of(ForeignEvents.topic(Topics.STOCK), shop.tenant()))
                .containsExactly(Map.entry(lost.toString(), new Last(1, 4, null)));
        assertThat(LogFold.of(ForeignEvents.topic(Topics.LOCATION), shop.tenant())
                        .values())
                .as("what the tables have")
                .singleElement()
                .satisfies(side -> {
                    assertThat(side.epoch()).isEqualTo(2);
                    assertThat(side.isDeleted()).isFalse();
                });
    }

    /** As the service told it before its database was lost. */
    private static JsonObject level(UUID id, long version) {
        return new JsonObject()
                .put("id", id.toString())
                .put("version", version)
                .put("variantId", UUID.randomUUID().toString())
                .put("productId", UUID.randomUUID().toString())
                .put("sku", "MILK")
                .put("locationId", UUID.randomUUID().toString())
                .put("onHand", 5)
                .put("reserved", 0)
                .put("available", 5)
                .put("changed", new JsonArray().add("onHand"));
    }
}
