package io.souk.cli.admin;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

import java.util.LinkedHashMap;
import java.util.Map;

/** Which dead letters are meant. */
final class LetterOptions {
    @Option(names = "--tenant", paramLabel = "T", description = "Whose record's key names this tenant.")
    private @Nullable String tenant;

    @Option(names = "--consumer", paramLabel = "C", description = "That this consumer gave up.")
    private @Nullable String consumer;

    @Option(names = "--topic", paramLabel = "TOPIC", description = "From this topic.")
    private @Nullable String topic;

    @Option(
            names = "--from",
            paramLabel = "TIME",
            description = "Given up then or later, such as 2026-01-31T12:00:00Z.")
    private @Nullable String from;

    @Option(names = "--until", paramLabel = "TIME", description = "Given up before.")
    private @Nullable String until;

    /** What was named, by the names of the API. */
    Map<String, String> named() {
        var named = new LinkedHashMap<String, String>();
        put(named, "tenant", tenant);
        put(named, "consumer", consumer);
        put(named, "topic", topic);
        put(named, "from", from);
        put(named, "until", until);
        return named;
    }

    private static void put(Map<String, String> named, String name, @Nullable String value) {
        if (value != null) {
            named.put(name, value);
        }
    }
}
