package io.souk.kit.convention;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;

import static org.assertj.core.api.Assertions.assertThat;

@QuarkusTest
@TestProfile(WithoutServers.class)
@WithTestResource(ConventionServer.class)
@NullUnmarked // the issuer is injected
class BadInputTest {
    private final Http http = new Http();
    TestIssuer issuer;

    @Test
    void givenAGoodRequest_thenItIsTaken() {
        var body = """
                {"name": "ножи 🔪 ‏שלום", "colour": "RED", "price": {"amount": 4599, "currency": "USD"},
                 "since": "2026-01-31T12:00:00Z", "lines": [{"sku": "a", "quantity": 1}], "attributes": {"a": {"b": [1]}}}""";

        var answer = http.post("/v1/things", admin(), body);

        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.body().path("name").asText()).isEqualTo("ножи 🔪 ‏שלום");
        assertThat(answer.body().path("tenant").asText()).isEqualTo("market");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"name\": 1}                                        | 400 | /name             ",
                "{\"name\": [\"x\"]}                                  | 400 | /name             ",
                "{\"name\": true}                                     | 400 | /name             ",
                "{\"name\": \"x\", \"nmae\": 1}                       | 400 | /nmae             ",
                "{\"name\": \"a\\u0000b\"}                            | 400 | /name             ",
                "{\"name\": \"x\", \"tags\": [\"a\", \"b\\u0000\"]}   | 400 | /tags/1           ",
                "{\"name\": \"x\", \"attributes\": {\"k\": {\"l\": [1, \"\\u0000\"]}}} | 400 | /attributes/k/l/1",
                "{\"name\": \"x\", \"attributes\": {\"k\\u0000\": 1}} | 400 | /attributes       ",
                "{\"name\": \"x\", \"colour\": \"BLUE\"}              | 400 | /colour           ",
                "{\"name\": \"x\", \"colour\": 0}                     | 400 | /colour           ",
                "{\"name\": \"x\", \"owner\": \"me\"}                 | 400 | /owner            ",
                "{\"name\": \"x\", \"since\": \"yesterday\"}          | 400 | /since            ",
                "{\"name\": \"x\", \"since\": 17}                     | 400 | /since            ",
                "{\"name\": \"x\", \"hidden\": \"true\"}              | 400 | /hidden           ",
                "{\"name\": \"x\", \"hidden\": 1}                     | 400 | /hidden           ",
                "{\"name\": \"x\", \"price\": {\"amount\": 1.5, \"currency\": \"USD\"}} | 400 | /price/amount",
                "{\"name\": \"x\", \"price\": {\"amount\": \"1\", \"currency\": \"USD\"}} | 400 | /price/amount",
                "{\"name\": \"x\", \"price\": {\"amount\": null, \"currency\": \"USD\"}} | 400 | /price/amount",
                "{\"name\": \"x\", \"price\": {\"amount\": 9223372036854775808, \"currency\": \"USD\"}} | 400 | /price/amount",
                "{\"name\": \"x\", \"price\": {\"amount\": 1e400, \"currency\": \"USD\"}} | 400 | /price/amount",
                "{\"name\": \"x\", \"price\": 4599}                   | 400 | /price            ",
                "{\"name\": \"x\", \"price\": {\"amount\": -1, \"currency\": \"USD\"}} | 422 | /price   ",
                "{\"name\": \"x\", \"price\": {\"amount\": 9007199254740992, \"currency\": \"USD\"}} | 422 | /price",
                "{\"name\": \"x\", \"price\": {\"amount\": 1, \"currency\": \"XXY\"}}  | 422 | /price   ",
                "{\"name\": \"x\", \"price\": {\"amount\": 1, \"currency\": \"usd\"}}  | 422 | /price   ",
                "{\"name\": \"x\", \"price\": {\"amount\": 1}}        | 422 | /price            ",
                "{\"name\": \"x\", \"lines\": {\"sku\": 1}}           | 400 | /lines            ",
                "{\"name\": \"x\", \"lines\": [{\"sku\": \"a\", \"quantity\": -1}]}    | 422 | /lines/0/quantity",
                "{\"name\": \"x\", \"lines\": [{\"sku\": \"a\", \"quantity\": 1}, {\"sku\": \"\", \"quantity\": 1}]} | 422 | /lines/1/sku",
                "{\"name\": \" \"}                                    | 422 | /name             ",
                "{}                                                   | 422 | /name             ",
                "{\"name\": null}                                     | 422 | /name             ",
                "[]                                                   | 400 | ``",
                "\"text\"                                             | 400 | ``",
                "null                                                 | 400 | ``",
            })
    void givenABadField_thenItIsNamed(String body, int status, String pointer) {
        var answer = http.post("/v1/things", admin(), body);

        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(status);
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(answer.body().path("errors").path(0).path("pointer").textValue())
                .as(answer.body().toString())
                .isEqualTo(pointer);
        assertProblem(answer, status, "/v1/things");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "{\"name\": \"x\"",
                "{\"name\": \"x\"} {}",
                "{\"name\": \"x\", \"name\": \"y\"}",
                "{'name': 'x'}",
                "{\"name\": \"x\",}",
                "nonsense",
                "{\"name\": NaN}",
                "{\"name\": \"\t\"}"
            })
    void givenWhatIsNotJson_then400(String body) {
        assertProblem(http.post("/v1/things", admin(), body), 400, "/v1/things");
    }

    @Test
    void givenDeepNesting_then400() {
        var deep = "[".repeat(5_000) + "]".repeat(5_000);

        assertProblem(
                http.post("/v1/things", admin(), "{\"name\": \"x\", \"attributes\": {\"a\": " + deep + "}}"),
                400,
                "/v1/things");
    }

    @Test
    void givenANameOfTenThousandCharacters_then422() {
        var answer = http.post("/v1/things", admin(), "{\"name\": \"" + "n".repeat(10_000) + "\"}");

        assertProblem(answer, 422, "/v1/things");
        assertThat(answer.body().at("/errors/0/pointer").textValue()).isEqualTo("/name");
    }

    @Test
    void givenManyErrors_thenTheirListIsBounded() {
        var lines = "{\"sku\": \"\", \"quantity\": -1},".repeat(1_000);

        var answer = http.post(
                "/v1/things",
                admin(),
                "{\"name\": \"x\", \"lines\": [" + lines + "{\"sku\": \"a\", \"quantity\": 1}]}");

        assertProblem(answer, 422, "/v1/things");
        assertThat(answer.body().path("errors")).hasSize(50);
    }

    @Test
    void givenABodyThatIsTooLarge_then413() {
        var body = "{\"name\": \"" + "n".repeat(70_000) + "\"}";

        assertProblem(http.post("/v1/things", admin(), body), 413, "/v1/things");
    }

    @Test
    void givenABodyOfUnknownLengthThatIsTooLarge_then413() {
        var body = ("{\"name\": \"" + "n".repeat(200_000) + "\"}").getBytes(StandardCharsets.UTF_8);

        var answer = http.send(Http.to("/v1/things", admin())
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body))));

        assertProblem(answer, 413, "/v1/things");
    }

    @Test
    void givenAStream_thenItsOwnLimitCounts() {
        var answer = http.send(Http.to("/v1/things/streams", admin())
                .header("Content-Type", "application/x-ndjson")
                .POST(BodyPublishers.ofByteArray(new byte[900_000])));
        assertThat(answer.body().asLong()).isEqualTo(900_000);

        assertProblem(
                http.send(Http.to("/v1/things/streams", admin())
                        .header("Content-Type", "application/x-ndjson")
                        .POST(BodyPublishers.ofByteArray(new byte[1_100_000]))),
                413,
                "/v1/things/streams");
    }

    @ParameterizedTest
    @CsvSource({
        "limit=x, 400, limit",
        "limit=0, 422, limit",
        "limit=201, 422, limit",
        "limit=99999999999, 400, limit",
        "limit=-1, 422, limit",
        "cursor=%25, 400, cursor",
        "cursor=bm9uc2Vuc2U, 400, cursor",
        "cursor=WzEsMl0, 400, cursor",
        "cursor=WyJhIl0, 400, cursor",
        "colour=PINK, 400, colour",
        "most=11, 422, most",
    })
    void givenABadQueryParameter_thenItIsNamed(String query, int status, String parameter) {
        var answer = http.get("/v1/things?" + query, admin());

        assertProblem(answer, status, "/v1/things");
        assertThat(answer.body().at("/errors/0/parameter").textValue()).isEqualTo(parameter);
    }

    @Test
    void givenAPage_thenNextLeadsToTheRest() {
        var first = http.get("/v1/things?limit=100", admin());
        assertThat(first.body().path("items")).hasSize(100);
        assertThat(first.header("Link"))
                .isEqualTo("</v1/things?limit=100&cursor="
                        + first.body().path("next").asText() + ">; rel=\"next\"");

        var second = http.get(
                "/v1/things?limit=100&cursor=" + first.body().path("next").asText(), admin());
        assertThat(second.body().path("items")).hasSize(20);
        assertThat(second.body().has("next")).isTrue();
        assertThat(second.body().path("next").isNull()).isTrue();
        assertThat(second.header("Link")).isEmpty();
    }

    /** Whether it was read or not, whatever it is: what is left out by mistake must not be taken for what was not asked for. */
    @ParameterizedTest
    @CsvSource({
        "GET, ?colour=, colour",
        "GET, ?colour, colour",
        "GET, ?colour=%20, colour",
        "GET, ?colour=+%09, colour",
        "GET, ?colour=%E2%80%83, colour",
        "GET, ?colour=RED&colour=, colour",
        "GET, ?limit=, limit",
        "GET, ?most=&limit=5, most",
        "GET, ?limit=5&cursor=, cursor",
        "GET, ?other=, other",
        "GET, ?words=&cursor=, cursor",
        "POST, ?colour=, colour"
    })
    void givenAParameterThatSaysNothing_thenItIsNamed(String method, String query, String parameter) {
        var answer = http.send(Http.to("/v1/things" + query, admin()).method(method, BodyPublishers.noBody()));

        assertProblem(answer, 400, "/v1/things");
        assertThat(answer.body().path("errors")).hasSize(1);
        assertThat(answer.body().at("/errors/0/parameter").textValue()).isEqualTo(parameter);
        assertThat(answer.body().at("/errors/0/detail").textValue()).isEqualTo("is empty");
    }

    @Test
    void givenSeveralParametersThatSayNothing_thenEachIsNamedOnce() {
        var answer = http.get("/v1/things?colour=&limit=5&cursor=&colour=+", admin());

        assertProblem(answer, 400, "/v1/things");
        assertThat(answer.body().path("errors").findValuesAsText("parameter")).containsExactly("colour", "cursor");
    }

    @ParameterizedTest
    @ValueSource(strings = {"?words=", "?note=+&limit=5", "?", "?&&", "?other=%20x", "?colour=RED"})
    void givenAParameterThatMayBeEmpty_orAnOddAddress_thenItIsTaken(String query) {
        assertThat(http.get("/v1/things" + query, admin()).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "/v1/things/a%00b, 400",
        "/v1/things?cursor=%00, 400",
        "/v1/./things?cursor=, 400",
        "/%761/things?cursor=, 400",
        "/v1/things/not-a-uuid, 404",
        "/v1/nothing, 404",
        "/v1/things/0198c5a0-0000-7000-8000-000000000000, 404",
    })
    void givenABadAddress_thenAProblemSaysSo(String path, int status) {
        var answer = Http.raw("GET " + path
                + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nAuthorization: Bearer " + admin() + "\r\n\r\n");

        assertProblem(answer, status, path.replaceAll("\\?.*", ""));
    }

    /** What is no URI at all the HTTP server refuses before any code of ours: 400, but without a body. */
    @ParameterizedTest
    @ValueSource(strings = {"/v1/things/%zz", "/v1/things?cursor=%2", "/v1/thi\"ngs", "/v1/things\\"})
    void givenWhatIsNoUri_then400(String path) {
        assertThat(Http.raw("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                        .status())
                .isEqualTo(400);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "DELETE | /v1/things                        | GET, HEAD, OPTIONS, POST",
                "DELETE | /v1/things/                       | GET, HEAD, OPTIONS, POST",
                "PUT    | /v1/things/17                     | GET, HEAD, OPTIONS, PATCH",
                "POST   | /v1/things/who                    | GET, HEAD, OPTIONS, PATCH",
                "DELETE | /v1/things/failures/bug?limit=200 | GET, HEAD, OPTIONS",
                "GET    | /v1/things/streams/x              | ",
                "BREW   | /v1/things/who                    | GET, HEAD, OPTIONS, PATCH",
            })
    void givenAnotherMethod_then405AndTheAddressTellsWhichItTakes(String method, String path, String allowed) {
        var answer = http.send(Http.to(path, admin()).method(method, BodyPublishers.noBody()));

        assertProblem(answer, allowed == null ? 404 : 405, path.replaceAll("\\?.*", ""));
        assertThat(answer.header("Allow")).isEqualTo(allowed == null ? "" : allowed);
    }

    @Test
    void givenAnotherMediaType_then415() {
        var answer = http.send(Http.to("/v1/things", admin())
                .header("Content-Type", "text/plain")
                .POST(BodyPublishers.ofString("{}")));

        assertProblem(answer, 415, "/v1/things");
    }

    @Test
    void givenNothingAcceptable_then406() {
        assertProblem(
                http.send(Http.to("/v1/things", admin())
                        .header("Accept", "image/png")
                        .GET()),
                406,
                "/v1/things");
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "none",
            value = {
                "none, 428",
                "*, 400",
                "12, 400",
                "W/\"12\", 400",
                "\"x\", 400",
                "\"1\" \"2\", 400",
                "\"0\", 400",
                "\"99999999999999999999\", 400",
                "\"12\", 200"
            })
    void givenAnIfMatch_thenOnlyOneStrongVersionIsTaken(String ifMatch, int status) {
        var request = Http.to("/v1/things/0198c5a0-0000-7000-8000-000000000000", admin())
                .header("Content-Type", "application/merge-patch+json")
                .method("PATCH", BodyPublishers.ofString("{\"a\": 1}"));
        if (ifMatch != null) {
            request.header("If-Match", ifMatch);
        }

        var answer = http.send(request);

        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource({
        "bug, 500",
        "constraint, 500",
        "argument, 500",
        "database, 503",
        "pool, 503",
        "timeout, 503",
        "connection, 503",
        "nul, 400",
        "conflict, 409"
    })
    void givenAFailure_thenItsKindIsTold(String kind, int status) {
        var answer = http.get("/v1/things/failures/" + kind, admin());

        assertProblem(answer, status, "/v1/things/failures/" + kind);
        assertThat(answer.body().toString()).doesNotContain("secret");
        assertThat(answer.body().has("traceId")).isEqualTo(status == 500);
        assertThat(answer.header("Retry-After").isEmpty()).isEqualTo(status != 503);
    }

    private String admin() {
        return issuer.token("market", "admin");
    }

    private static void assertProblem(Http.Answer answer, int status, String instance) {
        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(status);
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(answer.body().path("status").asInt()).isEqualTo(status);
        assertThat(answer.body().path("type").asText()).startsWith("https://souk.example/problems/");
        assertThat(answer.body().path("title").asText()).isNotBlank();
        assertThat(answer.body().path("instance").asText()).isEqualTo(instance);
    }
}
