package io.souk.chaos.harvest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.souk.chaos.evidence.Fact;
import io.souk.chaos.evidence.Lines;
import io.souk.chaos.fleet.Database;
import io.souk.chaos.fleet.Fleet;
import io.souk.chaos.fleet.Log;
import io.souk.chaos.fleet.RedisDirect;
import io.souk.chaos.harvest.Tables.Position;
import io.souk.stack.StackException;
import io.vertx.redis.client.Command;
import org.apache.kafka.common.TopicPartition;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/** Has the cache, and what services keep of each other, made anew from nothing but the log, and takes down what comes of it. */
public final class FromTheLog {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Duration LOOK = Duration.ofMillis(250);

    /** The only service that caches views. */
    private static final String CACHING = "catalog-1";

    private static final String CACHES = "/v1/admin/caches";

    private final Fleet fleet;
    private final Database database;
    private final Tables tables;
    private final Harvest harvest;
    private final Lines history;

    public FromTheLog(Fleet fleet, Harvest harvest, Lines history) {
        this.fleet = fleet;
        this.database = new Database(fleet);
        this.tables = new Tables(database);
        this.harvest = harvest;
        this.history = history;
    }

    /** Empties Redis, has the cache rebuilt from the log, and takes it down before anybody reads: a reader would fill it. */
    public void cache() throws IOException, InterruptedException {
        try (var redis = new RedisDirect(fleet)) {
            redis.send(Command.FLUSHALL);
        }
        var rebuild = json(fleet.post(CACHING, CACHES + "/rebuilds"));
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (phase(rebuild).equals("RUNNING") && System.nanoTime() < end) {
            TimeUnit.NANOSECONDS.sleep(LOOK.toNanos());
            rebuild = json(fleet.operator(CACHING, CACHES));
        }
        history.add(new Fact.Found(
                7,
                !phase(rebuild).equals("PUBLISHED"),
                "the rebuild of the cache ends so: " + rebuild.path("rebuild")));
        harvest.entries("rebuilt");
    }

    private static String phase(JsonNode caches) {
        return caches.path("rebuild").path("phase").asText();
    }

    private static JsonNode json(HttpResponse<byte[]> answer) throws IOException {
        if (answer.statusCode() / 100 != 2) {
            throw new StackException("%s is answered with %d.".formatted(answer.uri(), answer.statusCode()));
        }
        return JSON.readTree(answer.body());
    }

    /** Stops a service, and starts it with its consumers at the beginning. */
    @FunctionalInterface
    public interface Replay {
        /**
         * Comes back when it runs again.
         *
         * @param stopped what is done while it stands still
         */
        void of(String service, Runnable stopped);
    }

    /**
     * Empties what services keep of each other, has them replay the topics, and takes the rows down as they were before and as they
     * are then. Versions of what they own may grow by that, so all else is taken down before.
     */
    public void copies(Replay replay) throws InterruptedException {
        Map<TopicPartition, Long> lastEvents;
        try (var log = new Log(fleet, Set.of())) {
            lastEvents = log.lastEvents();
        }
        for (var service : ForeignTables.SERVICES) {
            takeDown(service.tables(), false);
            var positions = tables.positions(service.name());
            replay.of(service.name(), () -> service.emptying().forEach(database::execute));
            await(() -> isThrough(service.name(), positions, lastEvents));
            takeDown(service.tables(), true);
        }
    }

    private void takeDown(Collection<ForeignTables.Table> all, boolean anew) {
        for (var table : all) {
            database.query(table.select(), row -> row.getString(1))
                    .forEach(row -> history.add(new Fact.Folded(table.name(), anew, row)));
        }
    }

    /** Whether every consumer has applied the last event of every partition that it had read before. */
    private boolean isThrough(String service, List<Position> before, Map<TopicPartition, Long> lastEvents) {
        var applied = tables.positions(service).stream()
                .collect(Collectors.toMap(position -> List.of(position.consumer(), position.of()), Position::offset));
        return before.stream()
                .allMatch(wanted -> applied.getOrDefault(List.of(wanted.consumer(), wanted.of()), -1L)
                        >= lastEvents.getOrDefault(wanted.of(), -1L));
    }

    /** Gives up after a while: what is missing then is for the check to find. */
    private static void await(BooleanSupplier done) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!done.getAsBoolean() && System.nanoTime() < end) {
            TimeUnit.NANOSECONDS.sleep(LOOK.toNanos());
        }
    }
}
