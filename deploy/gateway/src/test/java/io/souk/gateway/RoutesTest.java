package io.souk.gateway;

import org.junit.jupiter.api.Test;

import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class RoutesTest {
    private final Routes routes = Routes.shipped();

    @Test
    void givenTheShippedRoutes_thenEachServiceHasOneAndImportsMayBeLarge() {
        assertThat(routes.longestFirst())
                .extracting(Route::service)
                .contains("catalog", "inventory", "orders", "search");
        assertThat(routes.match("/v1/imports"))
                .satisfies(route -> assertThat(route.bodyLimitBytes()).isEqualTo(256L * 1024 * 1024));
        assertThat(routes.match("/v1/products/1/prices"))
                .satisfies(route -> assertThat(route.bodyLimitBytes()).isEqualTo(1024L * 1024));
    }

    @Test
    void givenTwoRoutesThatMatch_thenTheLongerWins() {
        var nested = Routes.parse("""
                {
                  "services": { "catalog": { "port": 1 }, "search": { "port": 2 } },
                  "defaults": { "bodyLimitBytes": 1, "timeout": "PT1S", "streamTimeout": "PT1S" },
                  "routes": [
                    { "path": "/v1/products", "service": "catalog" },
                    { "path": "/v1/products/similar", "service": "search" }
                  ]
                }
                """);

        assertThat(nested.match("/v1/products/similar/x"))
                .extracting(Route::service)
                .isEqualTo("search");
        assertThat(nested.match("/v1/products/similarities"))
                .extracting(Route::service)
                .isEqualTo("catalog");
    }

    @Test
    void givenARouteToAnUnknownService_thenTheFileIsRefused() {
        assertThatThrownBy(() -> Routes.parse("""
                {
                  "services": {},
                  "defaults": { "bodyLimitBytes": 1, "timeout": "PT1S", "streamTimeout": "PT1S" },
                  "routes": [ { "path": "/v1/x", "service": "nobody" } ]
                }
                """)).hasMessageContaining("nobody");
    }

    @Test
    void givenAnEnvironment_thenItMovesTheServices() {
        var config = GatewayConfig.from(
                Map.of("SOUK_CATALOG_URL", "http://catalog.local:9000", "SOUK_GATEWAY_PORT", "9999"), routes);

        assertThat(config.origin("catalog")).isEqualTo(new GatewayConfig.Origin("catalog.local", 9000));
        assertThat(config.origin("orders")).isEqualTo(new GatewayConfig.Origin("127.0.0.1", 8083));
        assertThat(config.port()).isEqualTo(9999);
        assertThatThrownBy(() -> GatewayConfig.from(Map.of("SOUK_CATALOG_URL", "ftp://x"), routes))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
