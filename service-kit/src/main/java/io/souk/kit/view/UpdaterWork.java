package io.souk.kit.view;

import io.souk.kit.consumer.PoisonEvent;
import io.souk.kit.event.AggregateType;
import io.souk.kit.event.EventHealth;
import io.souk.kit.protocol.Generation;
import io.souk.kit.protocol.LogRecord;
import io.souk.kit.protocol.Logged;
import io.souk.kit.protocol.Position;
import io.souk.kit.protocol.UpdaterStep.Apply;
import io.souk.kit.protocol.UpdaterStep.Bury;
import io.souk.kit.protocol.UpdaterStep.ConfirmLoss;
import io.souk.kit.protocol.UpdaterStep.FindGeneration;
import io.souk.kit.protocol.UpdaterStep.FindPosition;
import io.souk.kit.protocol.UpdaterStep.Pause;
import io.souk.kit.protocol.UpdaterStep.Poll;
import io.souk.kit.protocol.UpdaterStep.Stop;
import io.vertx.core.Future;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import java.util.function.Function;

import static io.souk.kit.view.ViewMetrics.Path.APPLY;

/**
 * Does what the steps of many shards say, alike ones together: shards that have lost the same generation find the same ends, place
 * one new generation and publish it once. Blocks the updater's thread; every wait has an end.
 */
final class UpdaterWork {
    /** Where records end of which no entry can be made; done when they lie there for good. */
    interface Grave {
        CompletableFuture<Void> bury(String part, ConsumerRecord<byte[], byte[]> record, Throwable why);
    }

    /** What it works with; the slice is how many commands may be unanswered at a time. */
    record Tools(
            GenerationStore store,
            Generations generations,
            AppliedLog log,
            Grave grave,
            EventHealth health,
            ViewClock clock,
            UpdaterMetrics metrics,
            ViewKinds kinds,
            Function<AggregateType, String> topics,
            int shards,
            int slice) {
        /** The same with another share of the connection. */
        Tools withSlice(int commands) {
            return new Tools(store, generations, log, grave, health, clock, metrics, kinds, topics, shards, commands);
        }
    }

    private final String part;
    private final Tools tools;
    private final UpdaterWaits waits;
    private final FreshGenerations fresh;
    private final long lookAgainNanos;

    /** What else follows from a change in a generation, such as its hints; begun when the change is sent. */
    private final BiFunction<Keyspace, EntryUpdate, List<Future<?>>> aside;

    private final Set<String> stopped = new HashSet<>();
    private long lookedAt;
    private boolean wasLookedAt;

    UpdaterWork(
            String part, Tools tools, Duration lookAgain, BiFunction<Keyspace, EntryUpdate, List<Future<?>>> aside) {
        this.part = part;
        this.tools = tools;
        waits = new UpdaterWaits(part, tools.health());
        fresh = new FreshGenerations(tools, waits);
        this.lookAgainNanos = lookAgain.toNanos();
        this.aside = aside;
    }

    /** Until each shard waits for records, for the end of a pause or for an operator. */
    void run(Consumer<byte[], byte[]> kafka, Collection<ShardFeed> feeds) {
        do {
            feeds.forEach(UpdaterWork::resume);
            look(feeds);
            findPositions(feeds);
            bury(feeds);
            apply(feeds);
            fresh.findEnds(feeds, kafka);
            fresh.place(feeds);
            fresh.publish(feeds);
            fresh.drop(feeds);
        } while (feeds.stream().anyMatch(UpdaterWork::hasWork));
        tellOfStopped(feeds);
    }

    private static boolean hasWork(ShardFeed feed) {
        return switch (feed.next()) {
            case Poll<EntryUpdate> _, Pause<EntryUpdate> _, Stop<EntryUpdate> _ -> false;
            default -> true;
        };
    }

    private static void resume(ShardFeed feed) {
        if (feed.next() instanceof Pause<EntryUpdate> step && feed.isPauseOver()) {
            feed.go(step.resumed());
        }
    }

    /** One look for all who need one; from time to time anyway, for this replica's readers and writers and for who stopped. */
    private void look(Collection<ShardFeed> feeds) {
        boolean due = !wasLookedAt || System.nanoTime() - lookedAt >= lookAgainNanos;
        if (!due
                && feeds.stream()
                        .noneMatch(
                                feed -> feed.next() instanceof FindGeneration || feed.next() instanceof ConfirmLoss)) {
            return;
        }
        var current = look();
        long now = tools.clock().nowMicros();
        for (var feed : feeds) {
            switch (feed.next()) {
                case FindGeneration<EntryUpdate> step ->
                    feed.go(current == null ? step.failed() : step.found(current, now));
                case ConfirmLoss<EntryUpdate> step ->
                    feed.go(current == null ? step.failed() : step.found(current, now));
                case Stop<EntryUpdate> step when current != null -> feed.go(step.found(current, now));
                default -> {}
            }
        }
    }

    private @Nullable Generation look() {
        wasLookedAt = true;
        lookedAt = System.nanoTime();
        long before = tools.clock().nowMicros();
        var seen = waits.outcome(tools.store().look());
        if (seen == null) {
            return null;
        }
        tools.clock().compare(before, seen.clockMicros(), tools.clock().nowMicros());
        tools.generations().found(seen.generation());
        return seen.generation();
    }

    private void findPositions(Collection<ShardFeed> feeds) {
        var asked = new HashMap<ShardFeed, Future<@Nullable Position>>();
        for (var feed : feeds) {
            if (feed.next() instanceof FindPosition<EntryUpdate>(var following)) {
                var names = tools.generations().names(following.generation());
                asked.put(feed, tools.log().position(names, feed.source, feed.shard()));
            }
        }
        waits.await(asked.values());
        asked.forEach((feed, answer) -> {
            if (feed.next() instanceof FindPosition<EntryUpdate> step) {
                var found = answer.succeeded() ? answer.result() : null;
                if (found != null && feed.isElsewhere(step.following().generation(), found.offset())) {
                    tools.metrics().gap();
                }
                feed.go(answer.failed() ? step.noAnswer() : found == null ? step.gone() : step.found(found));
            }
        });
    }

    private void bury(Collection<ShardFeed> feeds) {
        for (var feed : feeds) {
            if (feed.next() instanceof Bury<EntryUpdate> step) {
                boolean buried = step.undecodable().stream().allMatch(logged -> bury(feed, logged));
                feed.go(buried ? step.buried() : step.failed());
            }
        }
    }

    private boolean bury(ShardFeed feed, Logged<EntryUpdate> logged) {
        var record = feed.polled().stream()
                .filter(polled -> polled.offset() == logged.offset())
                .findFirst()
                .orElseThrow();
        if (!(logged.record() instanceof LogRecord.Undecodable<EntryUpdate>(var update))) {
            throw new IllegalArgumentException("it can be decoded");
        }
        for (var made : update.entries()) {
            if (made.entry().length == 0) {
                made.kind().metrics().failed(APPLY);
            }
        }
        var fault = Objects.requireNonNull(update.fault());
        return waits.outcome(tools.grave().bury(part, record, fault).thenApply(_ -> true)) != null;
    }

    /** Slice by slice: those of one slice go together, each shard's in order. */
    private void apply(Collection<ShardFeed> feeds) {
        var pipelines = new ArrayList<ApplyPipeline>();
        for (var feed : feeds) {
            if (feed.next() instanceof Apply<EntryUpdate> step) {
                pipelines.add(new ApplyPipeline(tools, aside, feed, step));
            }
        }
        var open = List.copyOf(pipelines);
        while (!open.isEmpty()) {
            int share = Math.max(1, tools.slice() / open.size());
            var sent = new ArrayList<Future<?>>();
            for (var pipeline : open) {
                if (sent.size() < tools.slice()) {
                    pipeline.send(share, sent);
                }
            }
            waits.await(sent);
            open = open.stream()
                    .filter(ApplyPipeline::goesOn)
                    .sorted(Comparator.comparingInt(ApplyPipeline::sent)) // those that had no turn come first
                    .toList();
        }
        pipelines.forEach(ApplyPipeline::end);
    }

    /** Well, once no shard waits for something that is away. */
    void tellHealth(Collection<ShardFeed> feeds) {
        if (feeds.stream().noneMatch(feed -> feed.next() instanceof Pause)) {
            tools.health().well(part);
        }
    }

    private void tellOfStopped(Collection<ShardFeed> feeds) {
        var now = new HashSet<String>();
        for (var feed : feeds) {
            if (feed.next() instanceof Stop<EntryUpdate>(var _, var offset)) {
                var name = part + " of " + feed.partition;
                now.add(name);
                tools.health()
                        .troubled(name, new PoisonEvent("key or order of the record at " + offset + " is unreadable"));
            }
        }
        stopped.removeAll(now);
        stopped.forEach(tools.health()::well);
        stopped.clear();
        stopped.addAll(now);
        tools.metrics().stopped(now.size());
    }
}
