package io.souk.bench.card;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class PartTest {
    @Test
    void givenACollectionThatTheTracerFills_whenAsked_thenItIsTracing() {
        assertThat(Part.of(List.of(
                        "java.util.HashMap",
                        "io.opentelemetry.sdk.trace.SdkSpanBuilder",
                        "io.vertx.core.http.impl.Http1xServerRequest",
                        "io.netty.channel.nio.NioEventLoop")))
                .isEqualTo(Part.TRACING);
    }

    @Test
    void givenAWriteToRedisAndOneToTheClient_whenAsked_thenTheyAreToldApart() {
        var write = List.of("sun.nio.ch.SocketDispatcher", "io.netty.channel.socket.nio.NioSocketChannel");

        assertThat(Part.of(join(write, "io.vertx.core.net.impl.NetSocketImpl", "io.souk.kit.redis.Wire")))
                .isEqualTo(Part.REDIS);
        assertThat(Part.of(join(
                        write,
                        "io.vertx.core.http.impl.Http1xServerResponse",
                        "org.jboss.resteasy.reactive.server.vertx.VertxResteasyReactiveRequestContext")))
                .isEqualTo(Part.HTTP);
        assertThat(Part.of(write)).isEqualTo(Part.REST_OF_IT);
    }

    @Test
    void givenOwnClasses_whenAsked_thenTheMoreSpecialPartWins() {
        assertThat(Part.of(List.of("io.souk.kit.token.BearerTokens"))).isEqualTo(Part.TOKEN);
        assertThat(Part.of(List.of("io.souk.kit.token.CurrentCaller"))).isEqualTo(Part.TENANCY);
        assertThat(Part.of(List.of("io.souk.kit.view.ViewKeys"))).isEqualTo(Part.TENANCY);
        assertThat(Part.of(List.of("io.souk.kit.view.ViewRead"))).isEqualTo(Part.CARD);
        assertThat(Part.of(List.of("io.quarkus.vertx.http.runtime.security.HttpAuthenticator")))
                .isEqualTo(Part.TOKEN);
        assertThat(Part.of(List.of("io.quarkus.vertx.http.runtime.ResumingWebRouter")))
                .isEqualTo(Part.ROUTING);
    }

    private static List<String> join(List<String> first, String... more) {
        var all = new ArrayList<>(first);
        all.addAll(List.of(more));
        return all;
    }
}
