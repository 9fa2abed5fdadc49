package io.souk.orders.payment;

import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.mutiny.Uni;
import io.souk.kit.money.Money;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.core.Vertx;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class SandboxProviderTest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Instant NOW = Instant.parse("2026-01-17T10:15:30Z");
    private static final Money AMOUNT = new Money(4_599, "USD");
    private static final UUID PAYMENT = UUID.randomUUID();
    private static final UUID MOVEMENT = UUID.randomUUID();
    private static final Map<String, Object> AUTHORISED =
            Map.of("kind", "AUTHORISE", "payment", PAYMENT.toString(), "amount", 4_599, "at", NOW.toString());

    private final Vertx vertx = Vertx.vertx();

    @TempDir
    Path folder;

    @AfterEach
    void close() {
        vertx.closeAndAwait();
    }

    @Test
    void givenABook_whenCallsAreApproved_thenEachIsWritten() throws IOException {
        var provider = provider(Optional.of(file()));

        assertThat(ask(provider.authorise(PAYMENT, 1, SandboxProvider.OK, AMOUNT)))
                .isEqualTo(new Verdict.Approved("sandbox-" + PAYMENT));
        assertThat(ask(provider.capture(PAYMENT, MOVEMENT, SandboxProvider.OK, AMOUNT)))
                .isEqualTo(new Verdict.Approved("sandbox-" + MOVEMENT));
        ask(provider.refund(PAYMENT, MOVEMENT, SandboxProvider.OK, AMOUNT));
        provider.cancel(PAYMENT, SandboxProvider.OK).await().atMost(PATIENCE);

        assertThat(lines())
                .containsExactly(
                        AUTHORISED,
                        moved("CAPTURE"),
                        moved("REFUND"),
                        Map.of("kind", "VOID", "payment", PAYMENT.toString(), "at", NOW.toString()));
    }

    @Test
    void givenACallThatIsRepeated_whenApprovedAgain_thenItIsWrittenAgain() throws IOException {
        var provider = provider(Optional.of(file()));

        ask(provider.authorise(PAYMENT, 1, SandboxProvider.OK, AMOUNT));
        ask(provider.authorise(PAYMENT, 2, SandboxProvider.OK, AMOUNT));

        assertThat(lines()).containsExactly(AUTHORISED, AUTHORISED);
    }

    @Test
    void givenACardThatIsNeverAnswered_whenAuthorised_thenTheAmountIsSetAsideAllTheSame() throws Exception {
        var provider = provider(Optional.of(file()));

        provider.authorise(PAYMENT, 1, SandboxProvider.TIMEOUT, AMOUNT)
                .subscribe()
                .with(answer -> assertThat(answer).isNull());

        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!(Files.exists(file()) && Files.size(file()) > 0) && System.nanoTime() < end) {
            TimeUnit.MILLISECONDS.sleep(10);
        }
        assertThat(lines()).containsExactly(AUTHORISED);
    }

    @Test
    void givenABook_whenNothingIsApproved_thenNothingIsWritten() {
        var provider = provider(Optional.of(file()));

        assertThat(ask(provider.authorise(PAYMENT, 1, SandboxProvider.DECLINED, AMOUNT)))
                .isInstanceOf(Verdict.Refused.class);
        assertThat(ask(provider.authorise(PAYMENT, 1, "tok_of_nobody", AMOUNT))).isInstanceOf(Verdict.Refused.class);
        assertThat(ask(provider.capture(PAYMENT, MOVEMENT, SandboxProvider.CAPTURE_DECLINED, AMOUNT)))
                .isInstanceOf(Verdict.Refused.class);
        assertThatThrownBy(() -> ask(provider.authorise(PAYMENT, 1, SandboxProvider.FLAKY, AMOUNT)))
                .hasRootCauseInstanceOf(IOException.class);

        assertThat(file()).doesNotExist();
    }

    @Test
    void givenABookThatCannotBeWritten_whenAuthorised_thenTheCallFails() {
        var provider = provider(Optional.of(folder.resolve("nowhere").resolve("book.jsonl")));

        assertThatThrownBy(() -> ask(provider.authorise(PAYMENT, 1, SandboxProvider.OK, AMOUNT)))
                .hasRootCauseInstanceOf(NoSuchFileException.class);
    }

    @Test
    void givenNoBook_whenAsked_thenTheAnswersAreTheSame() {
        var provider = provider(Optional.empty());

        assertThat(ask(provider.authorise(PAYMENT, 1, SandboxProvider.OK, AMOUNT)))
                .isEqualTo(new Verdict.Approved("sandbox-" + PAYMENT));
        provider.cancel(PAYMENT, SandboxProvider.OK).await().atMost(PATIENCE);

        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void givenSettings_whenReadOrNot_thenThereIsNoBookButOneThatIsNamed() {
        assertThat(config().book()).isEmpty();
        assertThat(config("souk.payment.sandbox.book", "/some/where").book()).contains(Path.of("/some/where"));
    }

    private static SandboxConfig config(String... nameAndValue) {
        var builder = new SmallRyeConfigBuilder().addDiscoveredConverters().withMapping(SandboxConfig.class);
        if (nameAndValue.length > 0) {
            builder.withDefaultValue(nameAndValue[0], nameAndValue[1]);
        }
        return builder.build().getConfigMapping(SandboxConfig.class);
    }

    private SandboxProvider provider(Optional<Path> book) {
        return new SandboxProvider(new SandboxBook(() -> book, vertx, Clock.fixed(NOW, ZoneOffset.UTC)));
    }

    private static Verdict ask(Uni<Verdict> call) {
        return call.await().atMost(PATIENCE);
    }

    private Path file() {
        return folder.resolve("book.jsonl");
    }

    private List<Map<String, Object>> lines() throws IOException {
        return Files.readAllLines(file()).stream()
                .map(line -> new JsonObject(line).getMap())
                .toList();
    }

    private static Map<String, Object> moved(String kind) {
        return Map.of(
                "kind",
                kind,
                "payment",
                PAYMENT.toString(),
                "movement",
                MOVEMENT.toString(),
                "amount",
                4_599,
                "at",
                NOW.toString());
    }
}
