package io.souk.kit.view;

import io.souk.kit.id.Ids;
import io.souk.kit.protocol.Ends;
import io.souk.kit.protocol.Generation;
import io.souk.kit.protocol.Position;
import io.souk.kit.protocol.UpdaterStep.Drop;
import io.souk.kit.protocol.UpdaterStep.FindEnds;
import io.souk.kit.protocol.UpdaterStep.PlacePositions;
import io.souk.kit.protocol.UpdaterStep.Publish;
import io.souk.kit.protocol.Watermarks;
import io.souk.kit.view.UpdaterWork.Tools;
import io.vertx.core.Future;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Begins a generation in the place of one that is lost: once for all shards that have lost the same. For the updater's thread. */
final class FreshGenerations {
    private static final Logger LOG = Logger.getLogger(FreshGenerations.class);

    private final Tools tools;
    private final UpdaterWaits waits;

    FreshGenerations(Tools tools, UpdaterWaits waits) {
        this.tools = tools;
        this.waits = waits;
    }

    void findEnds(Collection<ShardFeed> feeds, Consumer<byte[], byte[]> kafka) {
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
            return new Ends(kafka.endOffsets(partitions, UpdaterWaits.PATIENCE).entrySet().stream()
                    .collect(Collectors.toMap(
                            end -> new Ends.Partition(
                                    end.getKey().topic(), end.getKey().partition()),
                            end -> end.getValue())));
        } catch (KafkaException away) {
            waits.trouble(away);
            return null;
        }
    }

    void place(Collection<ShardFeed> feeds) {
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
                    waits.await(sent);
                }
            }
        }
        waits.await(sent);
        return sent.stream().allMatch(Future::succeeded);
    }

    void publish(Collection<ShardFeed> feeds) {
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
        var won = waits.outcome(tools.store().replace(lost, fresh));
        if (Boolean.TRUE.equals(won)) {
            tools.metrics().generation();
            tools.generations().found(fresh);
            LOG.warnf("generation %s of the cache begins: there was nothing, or no trust, in %s", fresh, lost);
        }
        return !Boolean.FALSE.equals(won);
    }

    void drop(Collection<ShardFeed> feeds) {
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
        waits.await(IntStream.range(0, tools.shards())
                .mapToObj(shard ->
                        tools.log().drop(names, shard, tools.kinds().sources().size()))
                .toList());
    }
}
