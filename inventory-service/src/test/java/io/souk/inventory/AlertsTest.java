package io.souk.inventory;

import io.souk.testing.AlertRules;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static io.restassured.RestAssured.given;
import static io.souk.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

/** What alerts ask for is there, under these names; some of it from the first look at the database on. */
@InventoryTest
class AlertsTest {
    @ParameterizedTest
    @ValueSource(strings = {"souk-every-service", "souk-inventory"})
    void givenTheAlertRules_thenThisServiceHasTheMetricsThatTheyAskFor(String group) {
        eventually(() -> assertThat(AlertRules.read()
                        .faults(group, given().get("/q/metrics").asString()))
                .isEmpty());
    }
}
