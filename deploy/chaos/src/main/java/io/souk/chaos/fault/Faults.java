package io.souk.chaos.fault;

import io.souk.chaos.evidence.Fact;
import io.souk.chaos.evidence.Lines;
import io.souk.chaos.evidence.Moment;
import io.souk.chaos.fleet.Fleet;
import io.souk.chaos.fleet.Node;
import io.souk.chaos.fleet.RedisDirect;
import io.souk.chaos.proxy.Weather;
import io.souk.stack.StackException;
import io.vertx.redis.client.Command;
import org.apache.kafka.common.KafkaException;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Does a plan's faults to a fleet, and heals each of them. */
public final class Faults {
    /** Later than any moment of a run, and far enough from the end of all numbers to be counted on from. */
    private static final long NEVER = Long.MAX_VALUE / 2;

    private final Fleet fleet;
    private final Lines history;
    private final Consumer<String> told;
    private final TopicFaults topics;
    private final Set<DoubtedLevel> doubted = ConcurrentHashMap.newKeySet();

    /** @param told is given a line as each fault begins and ends */
    public Faults(Fleet fleet, Lines history, Consumer<String> told) {
        this.fleet = fleet;
        this.history = history;
        this.told = told;
        this.topics = new TopicFaults(fleet);
    }

    /** Both lanes until the time is over; comes back when everything is healed. */
    public void run(FaultPlan plan, Duration length) throws InterruptedException {
        long end = System.nanoTime() + length.toNanos();
        var servers = Thread.ofVirtual().start(() -> lane(plan.servers(), end));
        var services = Thread.ofVirtual().start(() -> lane(plan.services(), end));
        servers.join();
        services.join();
        revive();
    }

    /** What only its next change heals. */
    public Set<DoubtedLevel> doubted() {
        return Set.copyOf(doubted);
    }

    private void lane(List<Planned> faults, long end) {
        for (var next : faults) {
            sleep(next.pause());
            long left = end - System.nanoTime();
            if (left <= 0) {
                return;
            }
            strike(next.fault(), Duration.ofNanos(Math.min(left, next.lasts().toNanos())));
            revive();
        }
    }

    private void strike(Fault fault, Duration lasts) {
        told.accept("%s%s"
                .formatted(fault.words(), lasts.isZero() ? "" : " for %.1f s".formatted(lasts.toMillis() / 1e3)));
        long began = Moment.now();
        boolean done = attempt(fault, () -> begin(fault));
        if (done) {
            sleep(lasts);
        }
        attempt(fault, () -> heal(fault));
        history.add(new Fact.Harm(fault.words(), target(fault), began, Moment.now(), done));
        if (done) {
            told.accept("healed: " + fault.words());
        }
    }

    /** A fault of the other lane may stand in the way of this one. */
    private boolean attempt(Fault fault, Runnable part) {
        try {
            part.run();
            return true;
        } catch (StackException | KafkaException e) {
            told.accept("%s could not be done: %s".formatted(fault.words(), Words.of(e)));
            return false;
        }
    }

    /** The process that it strikes itself, or the ways that lead to it. */
    private static String target(Fault fault) {
        return switch (fault) {
            case Fault.Kill(var node) -> node;
            case Fault.Stop(var node) -> node;
            case Fault.Freeze(var node) -> node;
            case Fault.Storm(var replica, var server, var _) -> replica + " to " + server.label();
            case Fault.Outage(var server, var _) -> "all to " + server.label();
            case Fault.Flush() -> "redis";
            case Fault.Eviction() -> "redis";
            case Fault.Poison(var _, var _) -> "kafka";
            case Fault.Replay(var service) -> service;
        };
    }

    private void begin(Fault fault) {
        switch (fault) {
            case Fault.Kill(var node) -> fleet.node(node).kill();
            case Fault.Stop(var node) -> fleet.node(node).stop();
            case Fault.Freeze(var node) -> fleet.node(node).freeze();
            case Fault.Storm(var replica, var server, var weather) -> fleet.weather(replica, server, weather);
            case Fault.Outage(var server, var weather) ->
                fleet.replicas().forEach(replica -> fleet.weather(replica, server, weather));
            case Fault.Flush() -> redis(redis -> redis.send(Command.FLUSHALL));
            case Fault.Eviction() -> redis(Faults::evict);
            case Fault.Poison(var topic, var kind) -> topics.poison(topic, kind).ifPresent(doubted::add);
            case Fault.Replay(var service) -> replay(service, () -> {});
        }
    }

    private void heal(Fault fault) {
        switch (fault) {
            case Fault.Kill(var node) -> start(fleet.node(node));
            case Fault.Stop(var node) -> start(fleet.node(node));
            case Fault.Freeze(var node) -> fleet.node(node).thaw();
            case Fault.Storm(var replica, var server, var _) -> fleet.weather(replica, server, new Weather.Clear());
            case Fault.Outage(var server, var _) ->
                fleet.replicas().forEach(replica -> fleet.weather(replica, server, new Weather.Clear()));
            case Fault.Eviction() -> redis(redis -> redis.send(Command.CONFIG, "SET", "maxmemory", "256mb"));
            case Fault.Flush(), Fault.Poison(var _, var _), Fault.Replay(var _) -> {}
        }
    }

    /**
     * Stops a service, sets its groups back to the beginning, and starts it again.
     *
     * @param stopped what else is done while it stands still
     */
    public void replay(String service, Runnable stopped) {
        var replicas = fleet.replicas().stream()
                .filter(replica -> replica.startsWith(service + "-"))
                .map(fleet::node)
                .toList();
        replicas.forEach(Node::stop);
        try {
            stopped.run();
            topics.backToTheBeginning(service);
        } finally {
            replicas.forEach(this::start);
        }
    }

    /** One that cannot start yet is tried again by {@link #revive}. */
    private void start(Node node) {
        try {
            node.start();
        } catch (StackException e) {
            told.accept("%s does not start: %s".formatted(node.name(), e.getMessage()));
            // Nobody knows until when it was away.
            history.add(new Fact.Harm(node.name() + " does not start", node.name(), Moment.now(), NEVER, false));
        }
    }

    /** What has ended by itself is started again, as an orchestrator would do. */
    private void revive() {
        for (var node : fleet.nodes()) {
            if (node.hasEndedByItself()) {
                told.accept(node.name() + " has ended by itself and is started again");
                long began = Moment.now();
                start(node);
                history.add(
                        new Fact.Harm(node.name() + " has ended by itself", node.name(), began, Moment.now(), false));
            }
        }
    }

    private static void evict(RedisDirect redis) {
        var memory = redis.send(Command.INFO, "memory");
        var used = memory == null
                ? "1"
                : memory.toString()
                        .lines()
                        .filter(line -> line.startsWith("used_memory:"))
                        .map(line -> line.substring("used_memory:".length()).strip())
                        .findFirst()
                        .orElse("1");
        // A little less than what is there: the entries with a time to live go first, and floors would have to follow
        // if they could.
        redis.send(Command.CONFIG, "SET", "maxmemory", Long.toString(Long.parseLong(used) - 64 * 1024));
    }

    private void redis(Consumer<RedisDirect> use) {
        try (var redis = new RedisDirect(fleet)) {
            use.accept(redis);
        }
    }

    private static void sleep(Duration time) {
        try {
            TimeUnit.NANOSECONDS.sleep(time.toNanos());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
