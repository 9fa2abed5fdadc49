package io.souk.kit.event;

import io.souk.kit.tenant.TenantId;
import org.junit.jupiter.api.Test;

import java.util.Arrays;
import java.util.UUID;

import static org.assertj.core.api.Assertions.assertThat;

class EventKeyTest {
    private static final UUID ID = UUID.fromString("0198c5a0-0000-7000-8000-000000000001");

    @Test
    void theShardOfAKeyNeverChanges() {
        assertThat(key("acme").shard(8)).isEqualTo(7);
        assertThat(key("acme").shard(64)).isEqualTo(47);
        assertThat(key("kosher-market").shard(64)).isEqualTo(53);
    }

    @Test
    void shardsAreUsedEvenly() {
        var uses = new int[8];
        for (int i = 0; i < 8_000; i++) {
            uses[new EventKey(new TenantId("acme"), new UUID(0x7000L + i, i)).shard(8)]++;
        }

        assertThat(Arrays.stream(uses).boxed())
                .allSatisfy(count -> assertThat(count).isBetween(800, 1_200));
    }

    @Test
    void aKeyIsReadAsItWasWritten() {
        assertThat(EventKey.find(key("acme").text())).isEqualTo(key("acme"));
    }

    @Test
    void whatIsNoKeyIsNotRead() {
        assertThat(EventKey.find("")).isNull();
        assertThat(EventKey.find("acme")).isNull();
        assertThat(EventKey.find("acme/")).isNull();
        assertThat(EventKey.find("/" + ID)).isNull();
        assertThat(EventKey.find("ACME/" + ID)).isNull();
        assertThat(EventKey.find("acme/" + ID + "/x")).isNull();
        assertThat(EventKey.find("acme/" + "z".repeat(36))).isNull();
    }

    private static EventKey key(String tenant) {
        return new EventKey(new TenantId(tenant), ID);
    }
}
