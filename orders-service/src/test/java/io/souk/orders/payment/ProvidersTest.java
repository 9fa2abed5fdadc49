package io.souk.orders.payment;

import io.souk.orders.ScriptedProvider;
import io.vertx.mutiny.core.Vertx;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

import java.time.Clock;
import java.util.List;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ProvidersTest {
    private static final Vertx VERTX = Vertx.vertx();

    @AfterAll
    static void close() {
        VERTX.closeAndAwait();
    }

    @Test
    void givenTwoProvidersOfOneName_whenTheServiceStarts_thenItRefusesAndSaysTheName() {
        assertThatThrownBy(() -> new Providers(List.of(sandbox(), new ScriptedProvider(), sandbox())))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("sandbox");
    }

    @Test
    void givenProvidersOfTheirOwnNames_whenTheServiceStarts_thenItKnowsEachAndNoOther() {
        var providers = new Providers(List.of(sandbox(), new ScriptedProvider()));

        assertThat(providers.knows("sandbox")).isTrue();
        assertThat(providers.knows("scripted")).isTrue();
        assertThat(providers.knows("stripe")).isFalse();
    }

    private static PaymentProvider sandbox() {
        return new SandboxProvider(new SandboxBook(Optional::empty, VERTX, Clock.systemUTC()));
    }
}
