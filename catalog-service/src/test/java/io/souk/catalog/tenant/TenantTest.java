package io.souk.catalog.tenant;

import io.quarkus.test.junit.QuarkusTest;
import io.souk.catalog.CatalogServiceTest;
import io.souk.testing.EventLog;
import org.junit.jupiter.api.Test;

import static io.souk.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

@QuarkusTest
class TenantTest extends CatalogServiceTest {

    @Test
    void aTenantIsKnownFromItsFirstTokenOnAndToldOnce() {
        shop.as("customer").get("/v1/products").then().statusCode(200);
        shop.as("admin").get("/v1/products").then().statusCode(200);

        eventually(() -> assertThat(EventLog.readAll(EventLog.topic("catalog", "tenant")))
                .filteredOn(record -> record.key().startsWith(shop.tenant() + "/"))
                .hasSize(1));
    }
}
