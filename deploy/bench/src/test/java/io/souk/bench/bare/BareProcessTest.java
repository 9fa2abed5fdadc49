package io.souk.bench.bare;

import io.souk.cli.Http;
import io.souk.stack.CacheFolder;
import io.souk.stack.Folders;
import io.souk.stack.FreePort;
import io.souk.stack.RedisServer;
import io.vertx.core.buffer.Buffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

class BareProcessTest {
    private static final String PATH = "/v1/products/1";

    private final Path folder = CacheFolder.ofUser()
            .resolve("tests")
            .resolve("bare-" + ProcessHandle.current().pid());
    private RedisServer redis;

    @BeforeEach
    void start() {
        redis = RedisServer.start(
                CacheFolder.ofUser(), folder.resolve("redis"), FreePort.next(), Duration.ofMinutes(1));
    }

    @AfterEach
    void stop() throws IOException {
        redis.close();
        Folders.delete(folder);
    }

    @ParameterizedTest
    @EnumSource
    void givenAnAnswerInRedis_whenItsPathIsAsked_thenItIsAnsweredWithTheSameBytes(Way way) {
        Answers.put(redis.port(), Map.of(PATH, Buffer.buffer("{\"name\":\"Häagen\"}")));

        try (var server = BareProcess.start(
                way, List.of("-Xmx64m", "-XX:TieredStopAtLevel=1"), redis.port(), 2, folder.resolve("log"), PATH)) {
            var reply = new Http().get(URI.create("http://127.0.0.1:" + server.port() + PATH), "none");

            assertThat(reply.status()).isEqualTo(200);
            assertThat(reply.text()).isEqualTo("{\"name\":\"Häagen\"}");
            assertThat(new Http().isOk(URI.create("http://127.0.0.1:" + server.port() + "/unknown")))
                    .isFalse();
        }
    }
}
