package io.souk.bench.redis;

import io.souk.bench.bare.Answers;
import io.souk.bench.bare.BareProcess;
import io.souk.bench.bare.Way;
import io.souk.bench.http.Rounds;
import io.souk.bench.http.Target;
import io.souk.stack.CacheFolder;
import io.souk.stack.Folders;
import io.souk.stack.FreePort;
import io.souk.stack.RedisServer;
import io.vertx.core.buffer.Buffer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

@Command(
        name = "redis",
        description = "The kit's connection to Redis beside the Vert.x client's, in a handler that does nothing else.")
public final class RedisConnections implements Callable<Integer> {
    private static final int KEYS = 16;

    /** The size of a card of the sample data. */
    private static final int BODY_BYTES = 1_500;

    /** What a service has on two cores. */
    private static final int EVENT_LOOPS = 4;

    private static final List<String> JVM_OPTIONS =
            List.of("-Xms48m", "-Xmx160m", "-XX:+UseSerialGC", "--sun-misc-unsafe-memory-access=allow");
    private static final Duration READY = Duration.ofSeconds(20);

    @Option(names = "--rounds", paramLabel = "N", defaultValue = "5", description = "Default 5.")
    private int rounds;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        var out = spec.commandLine().getOut();
        var folder =
                CacheFolder.ofUser().resolve("bench-" + ProcessHandle.current().pid());
        var servers = new ArrayList<BareProcess>();
        try (var redis = RedisServer.start(CacheFolder.ofUser(), folder.resolve("redis"), FreePort.next(), READY)) {
            var paths = putAnswers(redis.port());
            var targets = new ArrayList<Target>();
            for (var way : List.of(Way.CLIENT_CONNECTION, Way.CLIENT_POOL, Way.KIT)) {
                var server = BareProcess.start(
                        way, JVM_OPTIONS, redis.port(), EVENT_LOOPS, folder.resolve("bare.log"), paths.getFirst());
                servers.add(server);
                targets.add(new Target(name(way), server.port(), paths, Map.of(), server.pid()));
            }
            out.println(Rounds.conditions(rounds));
            out.printf("Each request is one GET of %d bytes, written as the answer.%n%n", BODY_BYTES);
            out.flush();
            Rounds.print(Rounds.run(targets, rounds), out);
        } finally {
            servers.forEach(BareProcess::close);
            Folders.delete(folder);
        }
        return 0;
    }

    private static List<String> putAnswers(int port) {
        var answers = new HashMap<String, Buffer>();
        for (int i = 0; i < KEYS; i++) {
            answers.put("/" + i, Buffer.buffer("x".repeat(BODY_BYTES)));
        }
        Answers.put(port, answers);
        return List.copyOf(answers.keySet());
    }

    private static String name(Way way) {
        return switch (way) {
            case CLIENT_CONNECTION -> "Vert.x client, a connection per event loop";
            case CLIENT_POOL -> "Vert.x client, its pool";
            case KIT -> "the kit's connection per event loop";
        };
    }
}
