package io.souk.kit.view;

import io.souk.kit.id.Ids;
import io.souk.kit.protocol.Generation;
import io.souk.kit.protocol.Position;
import io.souk.kit.protocol.UpdaterRules;
import io.souk.kit.protocol.UpdaterStep;
import io.souk.kit.protocol.UpdaterStep.Poll;
import io.souk.kit.protocol.UpdaterStep.Stop;
import io.vertx.core.Future;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;
import java.util.stream.IntStream;

/**
 * Builds a generation from the start of the log while reads go on in the present one (the protocol, section 7), and publishes
 * it once it is as fresh. From then on the ordinary updaters feed it, from where it stands.
 */
final class CacheRebuild {
    /** It was lost while it was built, there was no room for it, or the log cannot be read. */
    static final class Failed extends RuntimeException {
        Failed(String reason) {
            super(reason);
        }
    }

    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final LogFeed.Tools tools;
    private final UpdaterWork work;
    private final UpdaterRules rules;
    private final GenerationStore store;
    private final Generations generations;
    private final AppliedLog log;
    private final int shards;

    CacheRebuild(
            LogFeed.Tools tools,
            UpdaterWork work,
            UpdaterRules rules,
            GenerationStore store,
            Generations generations,
            AppliedLog log,
            int shards) {
        this.tools = tools;
        this.work = work;
        this.rules = rules;
        this.store = store;
        this.generations = generations;
        this.log = log;
        this.shards = shards;
    }

    /**
     * Returns when the generation is published, or null when it was told to stop. Blocks its thread.
     *
     * @param kafka a client without a group, which this closes
     * @param behind told again and again how many records are still to be applied
     * @throws Failed when it has to be begun anew
     */
    @Nullable
    Generation run(Consumer<byte[], byte[]> kafka, BooleanSupplier stopped, LongConsumer behind) {
        var fresh = new Generation(Ids.next());
        try (kafka) {
            await(store.reserve(fresh).subscribeAsCompletionStage().toCompletableFuture());
            place(fresh);
            var feed = new LogFeed(tools, work, kafka);
            var all = partitions();
            kafka.assign(all);
            feed.add(all, () -> UpdaterStep.build(rules, fresh));
            while (!stopped.getAsBoolean()) {
                feed.turn();
                behind.accept(all.stream()
                        .mapToLong(partition -> kafka.currentLag(partition).orElse(0))
                        .sum());
                if (isFresh(feed, fresh) && publish(fresh)) {
                    return fresh;
                }
            }
            return null;
        }
    }

    private List<TopicPartition> partitions() {
        return tools.kinds().sources().stream()
                .map(tools.topics()::of)
                .flatMap(topic -> IntStream.range(0, shards).mapToObj(shard -> new TopicPartition(topic, shard)))
                .toList();
    }

    private void place(Generation fresh) {
        var names = generations.names(fresh);
        var placed = new ArrayList<Future<?>>();
        for (int source = 0; source < tools.kinds().sources().size(); source++) {
            for (int shard = 0; shard < shards; shard++) {
                placed.add(log.place(names, source, shard, Position.START));
            }
        }
        await(Future.all(placed).toCompletionStage().toCompletableFuture());
    }

    /** Whether a reader would take what it holds. */
    private boolean isFresh(LogFeed feed, Generation fresh) {
        long earliest = tools.clock().freshness().earliestMicros(tools.clock().nowMicros());
        boolean all = true;
        for (var shard : feed.feeds()) {
            switch (shard.next()) {
                case Poll<EntryUpdate>(var following, var _)
                when !following.generation().equals(fresh) -> throw new Failed("Redis lost what was built");
                case Poll<EntryUpdate>(var _, var position) ->
                    all &= position.watermarks().ownMicros() >= earliest;
                // Nobody knows which view it is about, so no log with it makes a whole cache.
                case Stop<EntryUpdate>(var _, var offset) ->
                    throw new Failed(
                            "key or order of the record at %d in %s is unreadable, and no cache can be built of a log with it; renew begins an empty one behind it"
                                    .formatted(offset, shard.partition));
                default -> all = false;
            }
        }
        return all;
    }

    private boolean publish(Generation fresh) {
        var present = await(store.look().subscribeAsCompletionStage().toCompletableFuture())
                .generation();
        boolean published =
                await(store.replace(present, fresh).subscribeAsCompletionStage().toCompletableFuture());
        if (published) {
            generations.found(fresh);
            var names = generations.names(present);
            for (int shard = 0; shard < shards; shard++) {
                log.drop(names, shard, tools.kinds().sources().size());
            }
        }
        return published;
    }

    private static <T> T await(CompletableFuture<T> work) {
        try {
            return work.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(failed);
        } catch (TimeoutException late) {
            throw new IllegalStateException("no answer in time", late);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }
}
