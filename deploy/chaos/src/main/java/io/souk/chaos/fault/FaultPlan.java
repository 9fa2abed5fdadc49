package io.souk.chaos.fault;

import io.souk.chaos.fleet.Fleet;
import io.souk.chaos.fleet.Server;
import io.souk.chaos.proxy.Weather;
import io.souk.chaos.proxy.Weather.Direction;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

/**
 * All faults of a run, drawn from its seed alone, in two lanes that run beside each other: what strikes a server, and what strikes a
 * service or its connections. In each lane one fault is healed before the next one comes, so that never all is down. Each kind comes
 * once before any comes again.
 */
public record FaultPlan(List<Planned> servers, List<Planned> services) {
    static final List<String> REPLICAS =
            List.of("catalog-1", "catalog-2", "inventory-1", "inventory-2", "orders-1", "orders-2", "search-1");
    private static final List<String> SERVICES = List.of("catalog", "inventory", "orders", "search");
    private static final List<String> TOPICS = List.of(
            "souk.catalog.product",
            "souk.catalog.price",
            "souk.catalog.availability",
            "souk.inventory.stock",
            "souk.inventory.reservation",
            "souk.orders.order");

    private static final List<Direction> DIRECTIONS = List.of(Direction.values());
    private static final int LONGEST_FREEZE_SECONDS = 60;
    private static final int LONGEST_PAUSE_MILLIS = 5_000;

    /** More than fit into any run: each takes a second at least. */
    private static final int FAULTS_PER_MINUTE = 60;

    public FaultPlan {
        servers = List.copyOf(servers);
        services = List.copyOf(services);
    }

    /** For a run whose faults last about as long as {@code length}; no fault lasts longer than a quarter of it. */
    public static FaultPlan of(long seed, Duration length) {
        var random = new Random(seed);
        int faults = (int) (FAULTS_PER_MINUTE * (length.toMinutes() + 1));
        return new FaultPlan(
                lane(faults, new Draw(new Random(random.nextLong()), length), true),
                lane(faults, new Draw(new Random(random.nextLong()), length), false));
    }

    private static List<Planned> lane(int faults, Draw draw, boolean ofServers) {
        var lane = new ArrayList<Planned>();
        while (lane.size() < faults) {
            var round = ofServers ? draw.serverFaults() : draw.serviceFaults();
            Collections.shuffle(round, draw.random);
            round.forEach(fault -> lane.add(fault.get()));
        }
        return lane;
    }

    /** Draws single faults. */
    private static final class Draw {
        final Random random;
        private final int longestSeconds;

        Draw(Random random, Duration length) {
            this.random = random;
            longestSeconds = Math.clamp(length.toSeconds() / 4, 1, LONGEST_FREEZE_SECONDS);
        }

        List<Supplier<Planned>> serverFaults() {
            var round = new ArrayList<Supplier<Planned>>();
            for (var server : Server.values()) {
                round.add(() -> lasting(2, 8, new Fault.Kill(server.label())));
                round.add(() -> lasting(2, 8, new Fault.Stop(server.label())));
                round.add(() -> frozen(server.label()));
                round.add(() -> lasting(2, 10, new Fault.Outage(server, weather())));
            }
            round.add(() -> atOnce(new Fault.Flush()));
            round.add(() -> atOnce(new Fault.Flush()));
            round.add(() -> lasting(2, 5, new Fault.Eviction()));
            return round;
        }

        List<Supplier<Planned>> serviceFaults() {
            var round = new ArrayList<Supplier<Planned>>();
            for (var replica : REPLICAS) {
                strikeProcess(round, replica);
                for (var server : Server.values()) {
                    round.add(() -> lasting(3, 10, new Fault.Storm(replica, server, weather())));
                }
            }
            strikeProcess(round, Fleet.GATEWAY);
            for (var kind : Fault.Poison.Kind.values()) {
                round.add(() -> atOnce(new Fault.Poison(TOPICS.get(random.nextInt(TOPICS.size())), kind)));
            }
            round.add(() -> atOnce(new Fault.Replay(SERVICES.get(random.nextInt(SERVICES.size())))));
            return round;
        }

        private void strikeProcess(List<Supplier<Planned>> round, String node) {
            round.add(() -> lasting(1, 4, new Fault.Kill(node)));
            round.add(() -> lasting(1, 4, new Fault.Stop(node)));
            round.add(() -> frozen(node));
        }

        private Weather weather() {
            return switch (random.nextInt(4)) {
                case 0 ->
                    new Weather.Slow(Duration.ofMillis(20 + random.nextInt(400)), 1024 * (1 + random.nextInt(64)));
                case 1 -> new Weather.Cut();
                default -> new Weather.Silent(DIRECTIONS.get(random.nextInt(DIRECTIONS.size())));
            };
        }

        /** Mostly short; one of four up to the longest that there is. */
        private Planned frozen(String node) {
            return lasting(1, random.nextInt(4) == 0 ? longestSeconds : 10, new Fault.Freeze(node));
        }

        private Planned lasting(int leastSeconds, int mostSeconds, Fault fault) {
            int most = Math.min(mostSeconds, longestSeconds);
            int least = Math.min(leastSeconds, most);
            int millis = 1_000 * least + random.nextInt(1_000 * (most - least) + 1);
            return new Planned(pause(), Duration.ofMillis(millis), fault);
        }

        private Planned atOnce(Fault fault) {
            return new Planned(pause(), Duration.ZERO, fault);
        }

        private Duration pause() {
            return Duration.ofMillis(500 + random.nextInt(LONGEST_PAUSE_MILLIS));
        }
    }
}
