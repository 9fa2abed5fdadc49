package io.souk.kit.view;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.vertx.AsyncResultUni;
import io.souk.kit.redis.PipelinedRedis;
import io.vertx.core.Future;
import jakarta.inject.Singleton;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * How many entries there are by kind, and how old those were that were served. Redis has its names in no order, so some of them
 * tell of all.
 *
 * <p>Safe from any thread; fails with what may pass when Redis does not answer.
 */
@Singleton
public final class CacheNumbers {
    /** Some 5,000 names: of a kind that is a twentieth of them the estimate is some 6 % off. */
    private static final int MOST_PAGES = 25;

    /**
     * How many entries there are, by kind.
     *
     * @param exact false when they are an estimate
     */
    public record Sizes(Map<String, Long> entries, boolean exact) {}

    private final ViewKinds kinds;
    private final Generations generations;
    private final PipelinedRedis redis;

    CacheNumbers(ViewKinds kinds, Generations generations, PipelinedRedis redis) {
        this.kinds = kinds;
        this.generations = generations;
        this.redis = redis;
    }

    /** By kind, of what this replica has served since it began; a kind that was not is not there. */
    public Map<String, AgeQuantiles> ages() {
        var ages = new TreeMap<String, AgeQuantiles>();
        for (var kind : kinds.all()) {
            var known = kind.metrics().ages();
            if (known != null) {
                ages.put(kind.name(), known);
            }
        }
        return ages;
    }

    /** Of the present generation, whatever an entry says: deleted and absent ones count too. Looks at some 5,000 names. */
    public Uni<Sizes> sizes() {
        return AsyncResultUni.toUni(done -> {
            var names = generations.copy();
            if (kinds.all().isEmpty() || names == null) {
                done.handle(Future.succeededFuture(new Sizes(Map.of(), true)));
                return;
            }
            var sample = new Sample(names);
            KeyScan.count(redis.background())
                    .compose(all -> sample.look(KeyScan.BEGINNING, MOST_PAGES).map(exact -> sample.sizes(exact, all)))
                    .onComplete(done);
        });
    }

    private final class Sample {
        private final Pattern data;
        private final Map<String, Long> counted = new TreeMap<>();
        private long looked;

        Sample(Keyspace names) {
            data = Pattern.compile("}d:" + Keyspace.text(names.generation()) + ":([^:]+):");
            kinds.all().forEach(kind -> counted.put(kind.name(), 0L));
        }

        /** Whether all names were looked at. */
        Future<Boolean> look(String from, int pages) {
            if (pages == 0) {
                return Future.succeededFuture(false);
            }
            return KeyScan.page(redis.background(), "*", from).compose(page -> {
                page.names().forEach(this::count);
                return page.next().equals(KeyScan.BEGINNING)
                        ? Future.succeededFuture(true)
                        : look(page.next(), pages - 1);
            });
        }

        private void count(String name) {
            looked++;
            var found = data.matcher(name);
            if (found.find()) {
                counted.computeIfPresent(found.group(1), (_, before) -> before + 1);
            }
        }

        Sizes sizes(boolean exact, long all) {
            if (!exact && looked > 0) {
                counted.replaceAll((_, some) -> Math.round((double) some * all / looked));
            }
            return new Sizes(counted, exact);
        }
    }
}
