package io.souk.gateway;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

import static org.assertj.core.api.Assertions.assertThat;

/** What the gateway answers out of itself. */
class OwnPagesTest {
    private final LocalStack stack = new LocalStack();

    @AfterEach
    void stop() {
        stack.close();
    }

    @Test
    void givenOneServiceDown_thenTheDocumentHasTheOthersAndNamesIt() {
        stack.service("catalog", OwnPagesTest::describeCatalog).start();

        var document = new JsonObject(stack.get("/openapi.json").body());

        assertThat(document.getJsonObject("paths").fieldNames()).containsExactly("/v1/products");
        assertThat(document.getJsonObject("info").getString("description")).contains("orders");
    }

    @Test
    void givenManyReaders_thenTheServicesAreAskedOnce() {
        var asked = new AtomicInteger();
        stack.service("catalog", request -> {
                    asked.incrementAndGet();
                    describeCatalog(request);
                })
                .start();

        for (int i = 0; i < 5; i++) {
            stack.get("/openapi.json");
        }

        assertThat(asked).hasValueLessThan(5); // it is kept for a moment, not for as long as a slow machine may take
    }

    @Test
    void givenAServiceThatSendsNonsense_thenTheDocumentStillComes() {
        stack.service("catalog", request -> request.response().end("<html>")).start();

        assertThat(stack.get("/openapi.json").statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "/docs, text/html, swagger-ui",
        "/docs/initializer.js, text/javascript, openapi.json",
        "/docs/swagger-ui.css, text/css, swagger-ui",
        "/docs/swagger-ui-bundle.js, text/javascript, SwaggerUIBundle"
    })
    void givenSwaggerUi_thenItsFilesAreThere(String path, String mediaType, String content) {
        stack.start();

        var response = stack.get(path);

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("content-type").orElse("")).startsWith(mediaType);
        assertThat(response.body()).contains(content);
    }

    @Test
    void givenAnyOtherFile_thenItIsNotServed() {
        stack.start();

        assertThat(stack.get("/docs/pom.properties").statusCode()).isEqualTo(404);
        assertThat(stack.get("/docs/%2e%2e/routes.json").statusCode()).isEqualTo(404);
    }

    @Test
    void givenTheIssuersKeys_thenTheyAndTheirAddressAreServed(@TempDir Path folder) throws IOException {
        var file = Files.writeString(folder.resolve("jwks.json"), "{\"keys\":[]}");
        stack.jwks(file).start();

        var configuration =
                new JsonObject(stack.get("/.well-known/openid-configuration").body());

        assertThat(configuration.getString("issuer")).isEqualTo("https://issuer.test");
        assertThat(configuration.getString("jwks_uri"))
                .isEqualTo(stack.uri("/.well-known/jwks.json").toString());
        assertThat(stack.get("/.well-known/jwks.json").body()).isEqualTo("{\"keys\":[]}");
    }

    @Test
    void givenNoKeys_thenThatIsSaid() {
        stack.start();

        assertThat(stack.get("/.well-known/jwks.json").statusCode()).isEqualTo(503);
    }

    @Test
    void givenAllServicesReady_thenTheWholeIs() {
        stack.service("catalog", OwnPagesTest::up)
                .service("orders", OwnPagesTest::up)
                .start();

        var response = stack.get("/health/ready");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(new JsonObject(response.body()).getJsonObject("services").fieldNames())
                .containsExactlyInAnyOrder("catalog", "orders");
    }

    @Test
    void givenOneServiceAway_thenTheWholeIsNotReadyButAlive() {
        stack.service("catalog", OwnPagesTest::up).start();

        var ready = stack.get("/health/ready");

        assertThat(ready.statusCode()).isEqualTo(503);
        assertThat(new JsonObject(ready.body())
                        .getJsonObject("services")
                        .getJsonObject("catalog")
                        .getString("status"))
                .isEqualTo("UP");
        assertThat(stack.get("/health/live").statusCode()).isEqualTo(200);
    }

    @Test
    void givenAWriteToAPage_thenItIsRefused() {
        stack.start();

        var response = stack.send(stack.request("/openapi.json").POST(BodyPublishers.ofString("{}")));

        assertThat(response.statusCode()).isEqualTo(405);
        assertThat(response.headers().firstValue("allow")).hasValue("GET, HEAD");
    }

    private static void up(HttpServerRequest request) {
        request.response().end("{\"status\":\"UP\",\"checks\":[]}");
    }

    private static void describeCatalog(HttpServerRequest request) {
        request.response().end("{\"openapi\":\"3.1.0\",\"paths\":{\"/v1/products\":{},\"/v1/orders\":{},\"/q/x\":{}}}");
    }
}
