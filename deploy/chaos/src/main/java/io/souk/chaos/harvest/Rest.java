package io.souk.chaos.harvest;

import io.souk.chaos.evidence.Fact;
import io.souk.chaos.evidence.Lines;
import io.souk.chaos.fleet.Database;
import io.souk.chaos.fleet.Fleet;
import io.souk.chaos.fleet.Log;
import io.souk.chaos.fleet.Server;
import io.souk.stack.Bootstrap;
import io.souk.stack.StackException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/**
 * Waits until nothing is under way any more: no row in an outbox, no event that a group has not passed, no entry behind its row, no
 * card that is refused or marked, nothing that the search finds too much or too little.
 */
public final class Rest {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Duration LOOK = Duration.ofMillis(500);
    private static final int SECONDS = 10;

    private final Fleet fleet;
    private final Database database;
    private final Harvest harvest;
    private final Lines history;

    public Rest(Fleet fleet, Harvest harvest, Lines history) {
        this.fleet = fleet;
        this.harvest = harvest;
        this.database = new Database(fleet);
        this.history = history;
    }

    /** What is left of one kind of work; empty when nothing is. */
    @FunctionalInterface
    private interface Left {
        String look() throws ExecutionException, TimeoutException, InterruptedException;
    }

    /**
     * Takes down how long each kind of work took; gives up on those that take too long.
     *
     * @param start from when on that is counted, by {@link System#nanoTime}
     */
    public void await(long start) throws InterruptedException {
        var waiting = new LinkedHashMap<String, Left>();
        waiting.put("outbox", this::outbox);
        waiting.put("lag", this::lag);
        waiting.put("entries that are stale", this::staleEntries);
        waiting.put("cards that are stale", this::staleCards);
        waiting.put("search", () -> String.join(", ", harvest.misfound()));
        var last = new LinkedHashMap<String, String>();
        while (!waiting.isEmpty() && System.nanoTime() - start < PATIENCE.toNanos()) {
            for (var what : Set.copyOf(waiting.keySet())) {
                var left = look(waiting.getOrDefault(what, () -> ""));
                last.put(what, left);
                if (left.isEmpty()) {
                    waiting.remove(what);
                    history.add(new Fact.Rest(what, (System.nanoTime() - start) / 1_000_000, ""));
                }
            }
            TimeUnit.NANOSECONDS.sleep(LOOK.toNanos());
        }
        waiting.keySet().forEach(what -> history.add(new Fact.Rest(what, null, last.getOrDefault(what, ""))));
    }

    private static String look(Left left) throws InterruptedException {
        try {
            return left.look();
        } catch (StackException | KafkaException | ExecutionException | TimeoutException e) {
            return String.valueOf(e.getMessage());
        }
    }

    private String outbox() {
        return Bootstrap.services().stream()
                .map(service -> service + " "
                        + database.query("select count(*) from %s.outbox".formatted(service), row -> row.getLong(1))
                                .getFirst())
                .filter(count -> !count.endsWith(" 0"))
                .collect(Collectors.joining(", "));
    }

    private String staleEntries() {
        return harvest.entries().stream()
                .filter(entry -> entry.order().isBefore(entry.rowOrder()))
                .map(entry -> "%s at %s of %s".formatted(entry.thing(), entry.order(), entry.rowOrder()))
                .collect(Collectors.joining(", "));
    }

    private String staleCards() {
        var stale = new ArrayList<String>();
        for (var product : harvest.published()) {
            for (var door : Set.of("catalog-1", "catalog-2")) {
                var answer = fleet.get(door, product.tenant(), "customer", "/v1/products/" + product.id());
                var marks = answer.headers().allValues("Souk-Stale");
                if (answer.statusCode() != 200 || !marks.isEmpty()) {
                    stale.add("%s by %s: %d %s".formatted(product, door, answer.statusCode(), marks));
                }
            }
        }
        return String.join(", ", stale);
    }

    /** By the events that the groups' partitions have, since marks of transactions and heartbeats count as offsets too. */
    private String lag() throws ExecutionException, TimeoutException, InterruptedException {
        Map<TopicPartition, Long> lastEvents;
        try (var log = new Log(fleet, Set.of())) {
            lastEvents = log.lastEvents();
        }
        var behind = new ArrayList<>(harvest.positionsBehind(lastEvents));
        try (var admin = Admin.create(Map.<String, Object>of(
                "bootstrap.servers",
                "127.0.0.1:" + fleet.port(Server.KAFKA),
                "request.timeout.ms",
                1_000 * SECONDS,
                "default.api.timeout.ms",
                1_000 * SECONDS))) {
            for (var group : admin.listGroups().all().get(SECONDS, TimeUnit.SECONDS)) {
                var offsets = admin.listConsumerGroupOffsets(group.groupId())
                        .partitionsToOffsetAndMetadata()
                        .get(SECONDS, TimeUnit.SECONDS);
                offsets.forEach((partition, offset) -> {
                    var end = lastEvents.get(partition);
                    if (end != null && offset != null && offset.offset() <= end) {
                        behind.add("%s at %d of %d in %s".formatted(group.groupId(), offset.offset(), end, partition));
                    }
                });
            }
        }
        return String.join(", ", behind);
    }
}
