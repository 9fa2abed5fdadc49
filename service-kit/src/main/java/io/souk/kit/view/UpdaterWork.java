package io.souk.kit.view;

import io.smallrye.mutiny.Uni;
import io.souk.kit.consumer.PoisonEvent;
import io.souk.kit.event.AggregateType;
import io.souk.kit.event.EventHealth;
import io.souk.kit.id.Ids;
import io.souk.kit.protocol.Applied;
import io.souk.kit.protocol.Ends;
import io.souk.kit.protocol.Generation;
import io.souk.kit.protocol.LogRecord;
import io.souk.kit.protocol.Logged;
import io.souk.kit.protocol.Position;
import io.souk.kit.protocol.UpdaterStep.Apply;
import io.souk.kit.protocol.UpdaterStep.Bury;
import io.souk.kit.protocol.UpdaterStep.ConfirmLoss;
import io.souk.kit.protocol.UpdaterStep.Drop;
import io.souk.kit.protocol.UpdaterStep.FindEnds;
import io.souk.kit.protocol.UpdaterStep.FindGeneration;
import io.souk.kit.protocol.UpdaterStep.FindPosition;
import io.souk.kit.protocol.UpdaterStep.Pause;
import io.souk.kit.protocol.UpdaterStep.PlacePositions;
import io.souk.kit.protocol.UpdaterStep.Poll;
import io.souk.kit.protocol.UpdaterStep.Publish;
import io.souk.kit.protocol.UpdaterStep.Stop;
import io.souk.kit.protocol.Watermarks;
import io.vertx.core.Future;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logging.Logger;
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
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import static io.souk.kit.view.ViewMetrics.Path.APPLY;

/**
 * Does what the steps of many shards say, alike ones together: shards that have lost the same generation find the same ends, place
 * one new generation and publish it once. Blocks the updater's thread; every wait has an end.
 */
final class UpdaterWork {
    private static final Logger LOG = Logger.getLogger(UpdaterWork.class);

    /** Well below the time after which a group takes a silent member for dead; the clients give up long before. */
    private static final Duration PATIENCE = Duration.ofSeconds(15);

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
            findEnds(feeds, kafka);
            place(feeds);
            publish(feeds);
            drop(feeds);
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
        var seen = outcome(tools.store().look());
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
        await(asked.values());
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
        return outcome(tools.grave().bury(part, record, fault).thenApply(_ -> true)) != null;
    }

    /** Slice by slice: those of one slice go together, each shard's in order. */
    private void apply(Collection<ShardFeed> feeds) {
        var pipelines = new ArrayList<Pipeline>();
        for (var feed : feeds) {
            if (feed.next() instanceof Apply<EntryUpdate> step) {
                pipelines.add(new Pipeline(feed, step));
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
            await(sent);
            open = open.stream()
                    .filter(Pipeline::goesOn)
                    .sorted(Comparator.comparingInt(Pipeline::sent)) // those that had no turn come first
                    .toList();
        }
        pipelines.forEach(Pipeline::end);
    }

    /** One shard's records on their way. */
    private final class Pipeline {
        private final ShardFeed feed;
        private final Apply<EntryUpdate> step;
        private final Keyspace names;
        private final List<Future<Applied>> answers = new ArrayList<>();

        Pipeline(ShardFeed feed, Apply<EntryUpdate> step) {
            this.feed = feed;
            this.step = step;
            this.names = tools.generations().names(step.following().generation());
        }

        /** Some more of them: its share of commands, or a few more where a change has hints. */
        void send(int share, List<Future<?>> sent) {
            int most = sent.size() + share;
            while (answers.size() < step.records().size() && sent.size() < most) {
                int i = answers.size();
                long prev = i == 0
                        ? step.position().offset()
                        : step.records().get(i - 1).offset();
                var logged = step.records().get(i);
                var answer = tools.log().apply(names, feed.source, feed.shard(), prev, logged);
                answers.add(answer);
                sent.add(answer);
                if (logged.record() instanceof LogRecord.Change<EntryUpdate>(var update)) {
                    also(update, answer, sent);
                } else if (logged.record() instanceof LogRecord.Undecodable<EntryUpdate>(var update)) {
                    also(update, answer, sent);
                }
            }
        }

        private void also(EntryUpdate update, Future<Applied> answer, List<Future<?>> sent) {
            sent.addAll(aside.apply(names, update));
            var stored = answer.map(Applied.Ok.class::isInstance);
            update.entries().forEach(made -> made.kind().metrics().count(APPLY, stored));
        }

        int sent() {
            return answers.size();
        }

        boolean goesOn() {
            return answers.size() < step.records().size()
                    && answers.stream().allMatch(answer -> answer.succeeded() && answer.result() instanceof Applied.Ok);
        }

        void end() {
            var said = new ArrayList<Applied>();
            for (var answer : answers) {
                said.add(answer.succeeded() ? answer.result() : new Applied.NoAnswer());
            }
            if (said.stream().anyMatch(Applied.Gap.class::isInstance)) {
                tools.metrics().gap();
            }
            feed.go(step.applied(said));
        }
    }

    private void findEnds(Collection<ShardFeed> feeds, Consumer<byte[], byte[]> kafka) {
        if (feeds.stream().noneMatch(feed -> feed.next() instanceof FindEnds)) {
            return;
        }
        var ends = ends(kafka);
        var fresh = new HashMap<Generation, Generation>();
        for (var feed : feeds) {
            if (feed.next() instanceof FindEnds<EntryUpdate> step) {
                var begins = fresh.computeIfAbsent(step.lost().generation(), _ -> new Generation(Ids.next()));
                feed.go(ends == null ? step.failed() : step.found(ends, begins));
            }
        }
    }

    private @Nullable Ends ends(Consumer<byte[], byte[]> kafka) {
        var partitions = tools.kinds().sources().stream()
                .map(tools.topics())
                .flatMap(
                        topic -> IntStream.range(0, tools.shards()).mapToObj(shard -> new TopicPartition(topic, shard)))
                .toList();
        try {
            return new Ends(kafka.endOffsets(partitions, PATIENCE).entrySet().stream()
                    .collect(Collectors.toMap(
                            end -> new Ends.Partition(
                                    end.getKey().topic(), end.getKey().partition()),
                            end -> end.getValue())));
        } catch (KafkaException away) {
            trouble(away);
            return null;
        }
    }

    private void place(Collection<ShardFeed> feeds) {
        var placed = new HashMap<Generation, Boolean>();
        for (var feed : feeds) {
            if (feed.next() instanceof PlacePositions<EntryUpdate> step) {
                feed.go(
                        placed.computeIfAbsent(step.fresh(), fresh -> place(fresh, step.ends()))
                                ? step.placed()
                                : step.noAnswer());
            }
        }
    }

    private boolean place(Generation fresh, Ends ends) {
        var names = tools.generations().names(fresh);
        var sources = tools.kinds().sources();
        var sent = new ArrayList<Future<?>>();
        for (int source = 0; source < sources.size(); source++) {
            var topic = tools.topics().apply(sources.get(source));
            for (int shard = 0; shard < tools.shards(); shard++) {
                long end = Objects.requireNonNull(ends.next().get(new Ends.Partition(topic, shard)));
                sent.add(tools.log().place(names, source, shard, new Position(end - 1, Watermarks.NONE)));
                if (sent.size() % tools.slice() == 0) {
                    await(sent);
                }
            }
        }
        await(sent);
        return sent.stream().allMatch(Future::succeeded);
    }

    private void publish(Collection<ShardFeed> feeds) {
        var published = new HashMap<Generation, Boolean>();
        for (var feed : feeds) {
            if (feed.next() instanceof Publish<EntryUpdate> step) {
                feed.go(
                        published.computeIfAbsent(
                                        step.fresh(),
                                        fresh -> publish(step.lost().generation(), fresh))
                                ? step.published()
                                : step.anotherWasFaster());
            }
        }
    }

    /** Whether it is published, or may be. */
    private boolean publish(Generation lost, Generation fresh) {
        var won = outcome(tools.store().replace(lost, fresh));
        if (Boolean.TRUE.equals(won)) {
            tools.metrics().generation();
            tools.generations().found(fresh);
            LOG.warnf("generation %s of the cache begins: there was nothing, or no trust, in %s", fresh, lost);
        }
        return !Boolean.FALSE.equals(won);
    }

    private void drop(Collection<ShardFeed> feeds) {
        var dropped = new HashSet<Generation>();
        for (var feed : feeds) {
            if (feed.next() instanceof Drop<EntryUpdate> step) {
                if (dropped.add(step.unused())) {
                    drop(step.unused());
                }
                feed.go(step.done());
            }
        }
    }

    private void drop(Generation unused) {
        var names = tools.generations().names(unused);
        await(IntStream.range(0, tools.shards())
                .mapToObj(shard ->
                        tools.log().drop(names, shard, tools.kinds().sources().size()))
                .toList());
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

    private void await(Collection<? extends Future<?>> sent) {
        if (sent.isEmpty()) {
            return;
        }
        var all = Future.join(List.copyOf(sent));
        outcome(all.toCompletionStage());
    }

    private <T> @Nullable T outcome(Uni<T> work) {
        return outcome(work.subscribeAsCompletionStage());
    }

    /** What comes of it; null when it fails, which an operator is told. */
    private <T> @Nullable T outcome(CompletionStage<T> work) {
        try {
            return work.toCompletableFuture().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException failed) {
            trouble(Objects.requireNonNullElse(failed.getCause(), failed));
        } catch (TimeoutException late) {
            trouble(late);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            trouble(stopped);
        }
        return null;
    }

    private void trouble(Throwable failure) {
        tools.health().troubled(part, failure);
    }
}
