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
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/**
 * Waits until nothing is under way any more: no order, payment or reservation without its end, no row in an outbox, no event that a
 * group has not passed, no entry behind its row, no card that is refused or marked, nothing that the search finds too much or too
 * little. Orders that end late are told late, so all of it has to be so at once in the end.
 */
public final class Rest {
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    /** Between two looks: they take time from those who come to rest. */
    private static final Duration LOOK = Duration.ofSeconds(1);

    private static final Duration MOST = Duration.ofSeconds(30);

    /** Of what goes on until an order's deadlines have passed. */
    private static final Duration LONGEST = MOST.plus(Fleet.LONGEST_CHECKOUT);

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
     * One kind of work.
     *
     * @param most how long after the last fault there may be some
     */
    private record Work(Duration most, Left left) {}

    /**
     * Takes down how long each kind of work took; gives up on those that take too long.
     *
     * @param start from when on that is counted, by {@link System#nanoTime}
     */
    public void await(long start) throws InterruptedException {
        var all = new LinkedHashMap<String, Work>();
        Books.UNDER_WAY.forEach((what, count) -> all.put(what, new Work(LONGEST, () -> underWay(count))));
        all.put("outbox", new Work(MOST, this::outbox));
        all.put("lag", new Work(MOST, this::lag));
        all.put("entries that are stale", new Work(MOST, this::staleEntries));
        for (var door : List.of("catalog-1", "catalog-2")) {
            all.put("cards of %s that are stale".formatted(door), new Work(MOST, () -> staleCards(door)));
        }
        all.put("search", new Work(MOST, () -> String.join(", ", harvest.misfound())));
        if (cameToRest(all, start)) {
            awaitTogether(all, start);
        }
    }

    /** What ends late is told late, so each once is not yet all at once. */
    private void awaitTogether(Map<String, Work> all, long start) throws InterruptedException {
        for (var left = left(all); !left.isEmpty(); left = left(all)) {
            if (isOver(start)) {
                left.forEach(this::unended);
                return;
            }
            TimeUnit.NANOSECONDS.sleep(LOOK.toNanos());
        }
    }

    /** Whether each kind of work did. */
    private boolean cameToRest(Map<String, Work> kinds, long start) throws InterruptedException {
        try (var each = Executors.newVirtualThreadPerTaskExecutor()) {
            var ends = kinds.entrySet().stream()
                    .map(one -> each.submit(() -> cameToRest(one.getKey(), one.getValue(), start)))
                    .toList();
            boolean all = true;
            for (var end : ends) {
                all &= end.get();
            }
            return all;
        } catch (ExecutionException e) {
            throw new StackException("Rest cannot be waited for: " + e.getMessage(), e);
        }
    }

    /** Each kind in a thread of its own: to read the whole log takes seconds, which are not the outbox's. */
    private boolean cameToRest(String what, Work work, long start) throws InterruptedException {
        for (var left = look(work); !left.isEmpty(); left = look(work)) {
            if (isOver(start)) {
                unended(what, left);
                return false;
            }
            TimeUnit.NANOSECONDS.sleep(LOOK.toNanos());
        }
        history.add(new Fact.Rest(what, since(start).toMillis(), work.most().toMillis(), ""));
        return true;
    }

    private void unended(String what, String left) {
        history.add(new Fact.Rest(what, null, LONGEST.toMillis(), left));
    }

    private static Duration since(long start) {
        return Duration.ofNanos(System.nanoTime() - start);
    }

    private static boolean isOver(long start) {
        return since(start).compareTo(PATIENCE) > 0;
    }

    private static Map<String, String> left(Map<String, Work> all) throws InterruptedException {
        var left = new LinkedHashMap<String, String>();
        for (var one : all.entrySet()) {
            var some = look(one.getValue());
            if (!some.isEmpty()) {
                left.put(one.getKey(), some);
            }
        }
        return left;
    }

    private String underWay(String count) {
        long left = database.query(count, row -> row.getLong(1)).getFirst();
        return left == 0 ? "" : left + " are under way";
    }

    private static String look(Work work) throws InterruptedException {
        try {
            return work.left().look();
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

    private String staleCards(String door) {
        var stale = new ArrayList<String>();
        for (var product : harvest.published()) {
            var answer = fleet.get(door, product.tenant(), "customer", "/v1/products/" + product.id());
            var marks = answer.headers().allValues("Souk-Stale");
            if (answer.statusCode() != 200 || !marks.isEmpty()) {
                stale.add("%s: %d %s".formatted(product, answer.statusCode(), marks));
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
