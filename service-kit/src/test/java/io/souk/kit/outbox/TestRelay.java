package io.souk.kit.outbox;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.souk.kit.event.EventHealth;
import io.souk.kit.event.EventsConfig;
import io.souk.kit.event.KafkaSettings;
import io.souk.kit.event.Topics;
import io.souk.kit.id.Ids;
import io.souk.kit.tenant.Transactions;

import java.util.List;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import static io.souk.kit.Things.PATIENCE;
import static io.souk.kit.Things.THING;

/** One replica's relay, put together as in a service. */
final class TestRelay {
    record Servers(
            Transactions transactions, Topics topics, KafkaSettings kafka, EventsConfig events, EventHealth health) {}

    final Lanes lanes;
    private final int shards;
    private final RelayThread thread;

    private TestRelay(Servers servers, RelayConfig config, IntFunction<RelayLog> logs) {
        shards = servers.events().partitions();
        var heartbeats = new HeartbeatLog(
                servers.topics(),
                List.of(THING),
                "catalog",
                servers.kafka(),
                servers.health(),
                new SimpleMeterRegistry());
        lanes = Lanes.of(
                shards,
                config,
                new OutboxRepository(servers.transactions(), config, "catalog", shards, () -> 1, List.of()),
                new RelayLeases(servers.transactions(), Ids.next(), config.lease()),
                logs,
                heartbeats,
                servers.health(),
                new SimpleMeterRegistry());
        thread = new RelayThread(lanes, heartbeats, () -> {}, config, servers.health());
    }

    static TestRelay started(Servers servers, RelayConfig config, IntFunction<RelayLog> logs) {
        var relay = new TestRelay(servers, config, logs);
        relay.thread.start();
        return relay;
    }

    /** The shards that it leads. */
    Set<Integer> leads() {
        return IntStream.range(0, shards).filter(lanes::isLeading).boxed().collect(Collectors.toSet());
    }

    /** Returns when it has stopped. Harmless twice. */
    void stop() {
        thread.stop();
        try {
            thread.awaitEnd(PATIENCE);
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }
}
