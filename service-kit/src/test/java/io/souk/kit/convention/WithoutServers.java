package io.souk.kit.convention;

import io.quarkus.test.junit.QuarkusTestProfile;

import java.util.Map;

/** The conventions hold without any dependency being there: nothing may connect at start. */
public final class WithoutServers implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of(
                "quarkus.flyway.owner.migrate-at-start", "false",
                "souk.db.app-password", "none",
                "souk.db.worker-password", "none",
                "souk.db.owner-password", "none",
                "souk.http.max-body-size", "64K",
                "souk.http.streaming-paths", "/v1/things/streams",
                "souk.http.max-stream-size", "1M",
                "souk.http.empty-parameters", "words,note");
    }
}
