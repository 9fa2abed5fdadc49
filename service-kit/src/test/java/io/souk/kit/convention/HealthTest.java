package io.souk.kit.convention;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.net.http.HttpRequest.BodyPublishers;

import static io.souk.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

@QuarkusTest
@TestProfile(WithoutServers.class)
@WithTestResource(ConventionServer.class)
class HealthTest {
    private final Http http = new Http();

    @ParameterizedTest
    @CsvSource({"live, 200", "started, 200", "ready, 503"})
    void givenNoDatabase_thenTheServiceLivesAndIsNotReady(String group, int status) {
        var answer = http.get("/q/health/" + group, null);

        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(status);
    }

    @Test
    void givenNothingIsThere_thenReadinessSaysWhat() {
        var check = http.get("/q/health/ready", null)
                .body()
                .path("checks")
                .valueStream()
                .filter(part -> part.path("name").asText().equals("ready"))
                .findFirst()
                .orElseThrow();

        assertThat(check.at("/data/database").asText()).isEqualTo("does not answer");
        assertThat(check.at("/data/degraded").asText()).contains("redis: does not answer");
        assertThat(check.at("/data/version").asText()).isNotBlank();
    }

    @Test
    void givenHead_thenTheStatusIsTheSame() {
        var head = Http.to("/q/health/live", null).method("HEAD", BodyPublishers.noBody());

        assertThat(http.send(head).status()).isEqualTo(200);
    }

    @Test
    void givenRequests_thenTheirTimerIsKeptAndNoLabelHoldsAnId() {
        http.get("/v1/things/0198c5a0-0000-7000-8000-00000000cafe", null);

        eventually(() -> assertThat(http.text("/q/metrics")).contains("http_server_requests_seconds_bucket"));
        var metrics = http.text("/q/metrics");
        assertThat(metrics).doesNotContain("00000000cafe").doesNotContain("http_server_bytes");
    }
}
