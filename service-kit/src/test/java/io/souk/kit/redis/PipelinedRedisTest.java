package io.souk.kit.redis;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.souk.testing.OwnServer;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.impl.ContextInternal;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import static io.souk.kit.redis.RedisClients.awaitState;
import static io.souk.kit.redis.RedisClients.call;
import static io.souk.kit.redis.RedisClients.command;
import static io.souk.testing.Eventually.eventually;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class PipelinedRedisTest {
    private static OwnServer server;
    private static Vertx vertx;

    private final List<PipelinedRedis> clients = new ArrayList<>();

    @BeforeAll
    static void start() {
        server = OwnServer.redis();
        vertx = Vertx.vertx();
    }

    @AfterAll
    static void stop() {
        vertx.close();
        server.close();
    }

    @AfterEach
    void closeClients() {
        clients.forEach(RedisClients::close);
    }

    @Test
    void givenManyCommandsAtOnce_thenEachGetsItsOwnAnswer() {
        var redis = ready(RedisSettings.of(server).withInFlight(10_000));

        var answers = IntStream.range(0, 5_000)
                .mapToObj(i -> redis.send(command("ECHO", "number " + i)))
                .toList();

        for (int i = 0; i < answers.size(); i++) {
            assertThat(text(answers.get(i))).isEqualTo("number " + i);
        }
    }

    @Test
    void givenBytesOfEveryValueAndSize_thenTheyComeBackAsTheyWere() {
        var redis = ready(RedisSettings.of(server));
        for (int size : new int[] {0, 1, 255, 256, 65_535, 65_536, 1_000_000}) {
            var bytes = new byte[size];
            for (int i = 0; i < size; i++) {
                bytes[i] = (byte) i;
            }

            call(redis, "SET", "bytes", bytes);

            assertThat(call(redis, "GET", "bytes"))
                    .isInstanceOfSatisfying(
                            Reply.Bulk.class,
                            bulk -> assertThat(bulk.from(0).getBytes()).isEqualTo(bytes));
        }
    }

    @Test
    void givenACallerWithAContext_thenItIsAnsweredThere() {
        var redis = ready(RedisSettings.of(server));
        for (int loop = 0; loop < 8; loop++) {
            var root = (ContextInternal) vertx.getOrCreateContext();
            var request = root.duplicate();
            Promise<@Nullable Context> answeredOn = Promise.promise();

            request.runOnContext(
                    _ -> redis.send(command("PING")).onComplete(_ -> answeredOn.complete(Vertx.currentContext())));

            assertThat(RedisClients.await(answeredOn.future())).isSameAs(request);
        }
    }

    @Test
    void givenAnError_thenTheCommandFailsWithIt() {
        var redis = ready(RedisSettings.of(server));

        assertThatThrownBy(() -> call(redis, "NONSENSE"))
                .isInstanceOfSatisfying(
                        RedisError.class, error -> assertThat(error.is("ERR")).isTrue());
        assertThat(call(redis, "PING")).isEqualTo(new Reply.Status("PONG"));
    }

    @Test
    void givenTooManyInFlight_thenOneMoreFailsAtOnceAndTheOthersAreAnswered() {
        var redis = ready(RedisSettings.of(server).withInFlight(3)).background();
        server.pause();
        var answers = new ArrayList<Future<@Nullable Reply>>();
        try {
            for (int i = 0; i < 4; i++) {
                answers.add(redis.send(command("PING")));
            }
            assertThatThrownBy(() -> RedisClients.await(answers.getLast())).hasMessageContaining("in flight");
        } finally {
            server.resume();
        }

        for (int i = 0; i < 3; i++) {
            assertThat(outcome(answers.get(i))).isEqualTo("PONG");
        }
    }

    @Test
    void givenAFrozenRedis_thenCommandsFailInTimeAndTheClientComesBack() {
        var redis = ready(hurried());
        server.pause();
        try {
            long before = System.nanoTime();
            assertThatThrownBy(() -> call(redis, "PING")).isInstanceOf(RedisUnavailable.class);
            assertThat((System.nanoTime() - before) / 1_000_000).isLessThan(15_000);
            awaitState(redis, RedisState.AWAY);
            assertThatThrownBy(() -> call(redis, "PING"))
                    .isInstanceOf(RedisUnavailable.class)
                    .hasMessageContaining("not connected");
        } finally {
            server.resume();
        }

        awaitState(redis, RedisState.READY);
        assertThat(call(redis, "PING")).isEqualTo(new Reply.Status("PONG"));
    }

    @Test
    void givenARedisThatAnswersTooLate_thenNothingWaitsForItUntilAProbeIsAnsweredInTime() {
        try (var slow = SlowRedis.before(server)) {
            var meters = new SimpleMeterRegistry();
            var redis = RedisClients.client(vertx, hurried().withUrl(slow.url()), meters);
            clients.add(redis);
            awaitState(redis, RedisState.READY);
            slow.delay(Duration.ofMillis(400));

            eventually(() -> assertThatThrownBy(() -> call(redis, "PING")).hasMessageContaining("too slow"));
            long before = System.nanoTime();
            int commands = 200;
            for (int i = 0; i < commands; i++) {
                assertThat(outcome(redis.send(command("PING")))).isEqualTo("RedisUnavailable");
            }
            assertThat((System.nanoTime() - before) / 1_000_000)
                    .isLessThan(commands * RedisSettings.HURRIED.toMillis());
            assertThat(meters.get("souk.redis.slow").counter().count()).isPositive();
            assertThat(meters.get("souk.redis.ready").gauge().value()).isZero();

            slow.delay(Duration.ZERO);
            awaitState(redis, RedisState.READY);
            assertThat(call(redis, "PING")).isEqualTo(new Reply.Status("PONG"));
        }
    }

    @Test
    void givenAKilledRedis_thenWhatIsPendingFailsAndTheClientComesBack() {
        var redis = ready(RedisSettings.of(server));
        server.pause();
        var pending = redis.send(command("PING"));
        server.kill();

        assertThat(outcome(pending)).isEqualTo("RedisUnavailable");
        awaitState(redis, RedisState.AWAY);

        server.start();
        awaitState(redis, RedisState.READY);
        assertThat(call(redis, "PING")).isEqualTo(new Reply.Status("PONG"));
    }

    @Test
    void givenAPolicyThatEvictsFloors_thenRedisIsUnfitUntilItIsMended() {
        var operator = ready(RedisSettings.of(server));
        try {
            call(operator, "CONFIG", "SET", "maxmemory-policy", "allkeys-lru");
            var redis = client(RedisSettings.of(server));

            awaitState(redis, RedisState.UNFIT);
            assertThatThrownBy(() -> call(redis, "PING")).isInstanceOf(RedisUnavailable.class);

            call(operator, "CONFIG", "SET", "maxmemory-policy", "noeviction");
            awaitState(redis, RedisState.READY);
        } finally {
            call(operator, "CONFIG", "SET", "maxmemory-policy", "volatile-lru");
        }
    }

    @Test
    void givenADatabaseAndAPassword_thenTheyAreUsed() {
        var operator = ready(RedisSettings.of(server));
        try {
            call(operator, "ACL", "SETUSER", "souk", "on", ">s3cret", "~*", "+@all");
            var url = "redis://souk:s3cret@127.0.0.1:" + server.port() + "/3";
            var redis = ready(RedisSettings.of(server).withUrl(url));

            call(redis, "SET", "where", "three");

            assertThat(call(operator, "GET", "where")).isNull();
            assertThat(call(redis, "ACL", "WHOAMI"))
                    .isInstanceOfSatisfying(
                            Reply.Bulk.class, name -> assertThat(name.text()).isEqualTo("souk"));
        } finally {
            call(operator, "ACL", "DELUSER", "souk");
        }
    }

    @Test
    void givenAnUnknownScript_thenItIsSentAndKnownFromThenOn() {
        var redis = ready(RedisSettings.of(server));
        var script = RedisScript.beside(PipelinedRedisTest.class, "add.lua");
        call(redis, "SCRIPT", "FLUSH");

        for (int round = 0; round < 2; round++) {
            var sum = redis.run(script, List.of("n".getBytes(UTF_8)), List.of("2".getBytes(UTF_8)));
            assertThat(RedisClients.await(sum)).isInstanceOf(Reply.Whole.class);
        }

        assertThat(call(redis, "GET", "n"))
                .isInstanceOfSatisfying(
                        Reply.Bulk.class, n -> assertThat(n.text()).isEqualTo("4"));
    }

    @Test
    void givenNoRedisAtAll_thenEverythingFailsAtOnce() {
        var redis = client(RedisSettings.of(server).withUrl("redis://127.0.0.1:1"));

        long before = System.nanoTime();
        for (int i = 0; i < 1_000; i++) {
            assertThat(outcome(redis.send(command("PING")))).isEqualTo("RedisUnavailable");
        }
        assertThat((System.nanoTime() - before) / 1_000_000).isLessThan(20_000);
    }

    @Test
    void givenAWrongUrl_thenItSaysWhatIsWrongAndNotThePassword() {
        for (var url : List.of(
                "http://localhost", "redis://", "redis://u@localhost", "redis://:s3cret@localhost/x", "s3cret:")) {
            assertThatThrownBy(() -> client(RedisSettings.of(server).withUrl(url)))
                    .as(url)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("souk.redis.url")
                    .hasMessageNotContaining("s3cret");
        }
    }

    private static RedisSettings hurried() {
        return RedisSettings.of(server).withCommandTimeout(RedisSettings.HURRIED);
    }

    private PipelinedRedis client(RedisConfig config) {
        var redis = RedisClients.client(vertx, config, new SimpleMeterRegistry());
        clients.add(redis);
        return redis;
    }

    private PipelinedRedis ready(RedisConfig config) {
        var redis = client(config);
        awaitState(redis, RedisState.READY);
        return redis;
    }

    private static String text(Future<@Nullable Reply> answer) {
        return RedisClients.await(answer) instanceof Reply.Bulk bulk ? bulk.text() : "";
    }

    private static String outcome(Future<@Nullable Reply> answer) {
        try {
            return RedisClients.await(answer) instanceof Reply.Status(var text) ? text : "";
        } catch (RuntimeException failure) {
            return failure.getClass().getSimpleName();
        }
    }
}
