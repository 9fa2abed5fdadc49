package io.souk.kit.view;

import io.quarkus.test.junit.QuarkusTestProfile;

import java.util.Map;

/** Other tests leave records of which not even the order can be read: no rebuild would get past them. */
public final class OwnTopics implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of("souk.events.topic-prefix", "operated");
    }
}
