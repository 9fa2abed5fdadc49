package io.souk.chaos.fault;

import io.souk.chaos.fleet.Server;
import io.souk.chaos.proxy.Weather;

import java.util.Locale;

/** What can be done to the fleet; a node is named by {@code Node.name}. */
public sealed interface Fault {
    /** SIGKILL; healed by a start. */
    record Kill(String node) implements Fault {}

    /** An end in good order; healed by a start. */
    record Stop(String node) implements Fault {}

    /** SIGSTOP; healed by SIGCONT. */
    record Freeze(String node) implements Fault {}

    /** Weather on the way of one replica to one server; healed by clear weather. */
    record Storm(String replica, Server server, Weather weather) implements Fault {}

    /** The same for all replicas at once. */
    record Outage(Server server, Weather weather) implements Fault {}

    /** FLUSHALL. */
    record Flush() implements Fault {}

    /** Redis evicts whatever it may, since its memory is lowered to what it holds; healed by giving it back. */
    record Eviction() implements Fault {}

    /** A record that nobody can apply is put into a topic. */
    record Poison(String topic, Kind kind) implements Fault {
        /** What is wrong with it. */
        public enum Kind {
            /** The last record of some key again, with data that are no JSON. */
            NO_JSON,
            /** The last record of some key again, whose header names another tenant. */
            WRONG_TENANT
        }
    }

    /** A service is stopped, its consumer groups are set back to the beginning, and it is started again. */
    record Replay(String service) implements Fault {}

    /** In a few words, as the log names it. */
    default String words() {
        return switch (this) {
            case Kill(var node) -> "kill " + node;
            case Stop(var node) -> "stop " + node;
            case Freeze(var node) -> "freeze " + node;
            case Storm(var replica, var server, var weather) ->
                words(weather) + ": " + replica + " to " + server.label();
            case Outage(var server, var weather) -> words(weather) + ": all to " + server.label();
            case Flush() -> "flush redis";
            case Eviction() -> "evict redis";
            case Poison(var topic, var kind) -> "poison " + topic + " " + kind;
            case Replay(var service) -> "replay " + service;
        };
    }

    private static String words(Weather weather) {
        return switch (weather) {
            case Weather.Clear() -> "clear";
            case Weather.Slow(var latency, var rate) ->
                "slow (%d ms, %d KB/s)".formatted(latency.toMillis(), rate / 1024);
            case Weather.Cut() -> "cut";
            case Weather.Silent(var direction) ->
                "half-open (" + direction.name().toLowerCase(Locale.ROOT) + ")";
        };
    }
}
