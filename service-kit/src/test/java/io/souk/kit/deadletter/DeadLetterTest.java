package io.souk.kit.deadletter;

import com.fasterxml.jackson.databind.JsonNode;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.souk.kit.Things;
import io.souk.kit.admin.AdminApi;
import io.souk.kit.consumer.DeadLetterIndex;
import io.souk.kit.consumer.DeadLetterIndex.GivenUp;
import io.souk.kit.deadletter.PickyConsumer.Mood;
import io.souk.kit.event.Topics;
import io.souk.kit.id.Ids;
import io.souk.kit.tenant.TenantId;
import io.souk.kit.tenant.Transactions;
import io.souk.testing.Eventually;
import io.souk.testing.SoukServers;
import io.souk.testing.Tokens;
import jakarta.inject.Inject;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import static io.souk.kit.Things.PATIENCE;
import static io.souk.kit.Things.THING;
import static io.souk.kit.Things.anyTenant;
import static io.souk.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

@QuarkusTest
@WithTestResource(value = SoukServers.class, scope = TestResourceScope.GLOBAL)
class DeadLetterTest {
    private static final String LETTERS = "/v1/admin/dead-letters";
    private static final String REDRIVES = LETTERS + "/redrives";

    private final AdminApi operator = AdminApi.asOperator();

    @Inject
    PickyConsumer consumer;

    @Inject
    Things things;

    @Inject
    Topics topics;

    @Inject
    DeadLetterIndex index;

    @Inject
    DeadLetterRepository letters;

    @Inject
    MeasureDeadLetters measure;

    @Inject
    MeterRegistry metrics;

    @Inject
    Transactions transactions;

    @Test
    void givenARecordThatWasGivenUp_thenAnOperatorFindsItWithAllThatIsKnown() {
        var tenant = anyTenant();
        consumer.become(tenant, Mood.REFUSES);
        var id = Ids.next();
        things.write(tenant, id, "poison");

        var letter = letters(tenant, 1).getFirst();
        var whole = operator.get(LETTERS + "/" + letter.path("id").asText()).body();

        assertThat(letter.path("state").asText()).isEqualTo("OPEN");
        assertThat(letter.path("consumer").asText()).isEqualTo("picky");
        assertThat(letter.path("topic").asText()).isEqualTo(topics.of(THING));
        assertThat(letter.path("key").asText()).isEqualTo(tenant + "/" + id);
        assertThat(letter.path("reason").asText()).contains("cannot\uFFFDbe");
        assertThat(letter.has("value")).isFalse();
        assertThat(whole.path("value").asText()).contains("\"poison\"");
        assertThat(whole.path("valueBytes").asInt()).isPositive();
        assertThat(whole.path("headers")).anySatisfy(header -> {
            assertThat(header.path("name").asText()).isEqualTo("ce_tenant");
            assertThat(header.path("value").asText()).isEqualTo(tenant.value());
        });
    }

    @Test
    void givenLettersOfSeveral_whenTheyAreListed_thenFiltersAndPagesTellThemApart() {
        var tenant = anyTenant();
        var other = anyTenant();
        var first = Instant.now().minus(Duration.ofDays(3)); // what is much older is forgotten
        var second = first.plus(Duration.ofDays(1));
        var third = second.plus(Duration.ofDays(1));
        giveUp(tenant, "here", 1, first);
        giveUp(tenant, "there", 2, second);
        giveUp(tenant, "here", 3, third);
        giveUp(other, "here", 4, third);

        assertThat(offsets("?tenant=" + tenant)).containsExactly(3L, 2L, 1L);
        assertThat(offsets("?tenant=" + tenant + "&consumer=here")).containsExactly(3L, 1L);
        assertThat(offsets("?tenant=" + tenant + "&topic=elsewhere")).isEmpty();
        assertThat(offsets("?tenant=" + tenant + "&from=" + second + "&until=" + third))
                .containsExactly(2L);
        assertThat(offsets("?tenant=" + tenant + "&state=REDRIVEN")).isEmpty();
        var page = operator.get(LETTERS + "?limit=2&tenant=" + tenant).body();
        assertThat(offsets("?limit=2&tenant=" + tenant + "&cursor="
                        + page.path("next").asText()))
                .containsExactly(1L);
    }

    @Test
    void givenWhatCannotBeAskedFor_thenItIsRefused() {
        assertThat(operator.get(LETTERS + "?tenant=No").status()).isEqualTo(422);
        assertThat(operator.get(LETTERS + "?cursor=x").status()).isEqualTo(400);
        assertThat(operator.get(LETTERS + "?limit=0").status()).isEqualTo(422);
        assertThat(operator.get(LETTERS + "/" + Ids.next()).status()).isEqualTo(404);
        assertThat(operator.get(REDRIVES + "/" + Ids.next()).status()).isEqualTo(404);
        assertThat(operator.post(REDRIVES, "{\"everything\": true}").status()).isEqualTo(400);
    }

    @Test
    void givenNoOperator_thenNothingIsShownOrDone() {
        var admin = AdminApi.with(Tokens.of(anyTenant().value(), "admin"));

        assertThat(admin.get(LETTERS).status()).isEqualTo(403);
        assertThat(admin.post(REDRIVES, "{}").status()).isEqualTo(403);
    }

    @Test
    void givenATokenThatNamesTheInstallationsOwnTenant_thenItIsNotTaken() {
        var forged = AdminApi.with(Tokens.of(TenantId.INSTALLATION.value(), "operator"));

        assertThat(forged.get(LETTERS).status()).isEqualTo(401);
    }

    @Test
    void whenLettersAreRedriven_thenWhatFailsStaysAndWhatIsCuredHasItsEffectOnce() {
        var tenant = anyTenant();
        consumer.become(tenant, Mood.REFUSES);
        var id = Ids.next();
        things.write(tenant, id, "poison");
        things.write(tenant, id, "poison");
        letters(tenant, 2);

        var failed = redrive(tenant);

        assertThat(failed.path("state").asText()).isEqualTo("SUCCEEDED");
        assertThat(failed.path("failed").asLong()).isEqualTo(2);
        assertThat(letters(tenant, 2)).allSatisfy(letter -> {
            assertThat(letter.path("attempts").asInt()).isEqualTo(1);
            assertThat(letter.path("state").asText()).isEqualTo("OPEN");
        });

        consumer.cure(tenant);
        var cured = redrive(tenant);

        assertThat(cured.path("redriven").asLong()).isEqualTo(2);
        assertThat(consumer.effects(tenant).await().atMost(PATIENCE)).containsExactly(1L, 2L);
        assertThat(letters(tenant, 2))
                .allMatch(letter -> letter.path("state").asText().equals("REDRIVEN"));
        assertThat(redrive(tenant).path("letters").asLong()).isZero();
    }

    /** As when a group's offsets are set back, or its process died before it had committed them. */
    @Test
    void givenARedrivenRecordThatIsGivenUpOnceMore_thenItIsOneLetterAndItsEffectIsStillOne() {
        var tenant = anyTenant();
        consumer.become(tenant, Mood.REFUSES);
        things.write(tenant, Ids.next(), "poison");
        var id = letters(tenant, 1).getFirst().path("id").asText();
        consumer.cure(tenant);
        redrive(tenant);
        var stored = transactions
                .asWorker(worker -> letters.find(worker, UUID.fromString(id)))
                .await()
                .atMost(PATIENCE)
                .orElseThrow();

        index.add(new GivenUp("picky", stored.record(), "again", Instant.now()))
                .await()
                .atMost(PATIENCE);

        var open = letters(tenant, 1).getFirst();
        assertThat(open.path("id").asText()).isEqualTo(id);
        assertThat(open.path("state").asText()).isEqualTo("OPEN");
        assertThat(redrive(tenant).path("redriven").asLong()).isEqualTo(1);
        assertThat(consumer.effects(tenant).await().atMost(PATIENCE)).containsExactly(1L);
    }

    /** The kit's tests give a job up after four failures in a row. */
    @Test
    void givenADependencyIsAway_thenTheRedriveFailsAndTheLetterIsAsItWas() {
        var tenant = anyTenant();
        consumer.become(tenant, Mood.REFUSES);
        things.write(tenant, Ids.next(), "poison");
        letters(tenant, 1);
        consumer.become(tenant, Mood.HAS_NO_DATABASE);

        var redrive = redrive(tenant);

        assertThat(redrive.path("state").asText()).isEqualTo("FAILED");
        assertThat(redrive.path("failed").asLong()).isZero();
        assertThat(letters(tenant, 1).getFirst().path("attempts").asInt()).isZero();
    }

    @Test
    void givenALetterThatNoConsumerOfThisNameTakes_thenTheRedriveSaysSo() {
        var tenant = anyTenant();
        giveUp(tenant, "gone", 7, Instant.now());

        assertThat(redrive(tenant).path("failed").asLong()).isEqualTo(1);
        assertThat(letters(tenant, 1).getFirst().path("reason").asText())
                .isEqualTo("no consumer named gone takes single events");
    }

    @Test
    void givenARecordOfAnyBytes_thenItIsKeptAndShown() {
        var key = new byte[] {0, (byte) 0xff, 'k'};
        var record = new ConsumerRecord<>("any", 0, Ids.next().getLeastSignificantBits() >>> 1, key, new byte[0]);
        record.headers().add("a\0b", new byte[] {(byte) 0xfe}).add("ce_id", new byte[] {'x', 0});
        index.add(new GivenUp("bytes", record, "no event", Instant.now()))
                .await()
                .atMost(PATIENCE);

        var letter =
                operator.get(LETTERS + "?consumer=bytes").body().path("items").path(0);

        assertThat(letter.path("key").asText()).isEqualTo("\0\uFFFDk");
        assertThat(letter.path("tenant").isNull() || letter.path("tenant").isMissingNode())
                .isTrue();
        assertThat(letter.path("eventId").asText()).isEqualTo("x\uFFFD");
        var whole = operator.get(LETTERS + "/" + letter.path("id").asText()).body();
        assertThat(whole.path("headers").path(0).path("name").asText()).isEqualTo("a\0b");
        assertThat(whole.path("value").asText()).isEmpty();
    }

    @Test
    void openLettersAreCountedByConsumer() {
        var consumer = "counted-" + Ids.next();
        giveUp(anyTenant(), consumer, 1, Instant.now());
        giveUp(anyTenant(), consumer, 2, Instant.now());

        measure.sweep().await().atMost(PATIENCE);

        assertThat(metrics.get("souk.dead.letters.open")
                        .tag("consumer", consumer)
                        .gauge()
                        .value())
                .isEqualTo(2);
        assertThat(metrics.get("souk.dead.letters.open")
                        .tag("consumer", "recording")
                        .gauge()
                        .value())
                .isNotNegative();
    }

    @Test
    void lettersAreForgottenWhenTheTopicForgetsThem() {
        var tenant = anyTenant();
        giveUp(tenant, "old", 1, Instant.now().minus(Duration.ofDays(31)));
        giveUp(tenant, "old", 2, Instant.now().minus(Duration.ofDays(29)));

        transactions
                .asWorker(worker -> letters.forget(worker, Duration.ofDays(30), 10))
                .await()
                .atMost(PATIENCE);

        assertThat(offsets("?tenant=" + tenant)).containsExactly(2L);
    }

    private void giveUp(TenantId tenant, String consumer, long offset, Instant at) {
        var key = (tenant + "/" + Ids.next()).getBytes(StandardCharsets.UTF_8);
        index.add(new GivenUp(consumer, new ConsumerRecord<>("any", 0, offset, key, new byte[0]), "no event", at))
                .await()
                .atMost(PATIENCE);
    }

    private List<Long> offsets(String query) {
        var offsets = new ArrayList<Long>();
        for (var letter : operator.get(LETTERS + query).body().path("items")) {
            offsets.add(letter.path("offset").asLong());
        }
        return offsets;
    }

    private List<JsonNode> letters(TenantId tenant, int count) {
        return Eventually.eventually(Duration.ofSeconds(90), () -> letters(tenant), found -> found.size() == count);
    }

    private List<JsonNode> letters(TenantId tenant) {
        var found = new ArrayList<JsonNode>();
        operator.get(LETTERS + "?tenant=" + tenant).body().path("items").forEach(found::add);
        return found;
    }

    /** The redrive of a tenant's letters, when it has ended. */
    private JsonNode redrive(TenantId tenant) {
        var begun = operator.post(REDRIVES, "{\"tenant\": \"" + tenant + "\"}");
        assertThat(begun.status()).isEqualTo(202);
        eventually(() -> assertThat(state(begun)).isIn("SUCCEEDED", "FAILED"));
        return operator.get(REDRIVES + "/" + begun.body().path("id").asText()).body();
    }

    private String state(AdminApi.Answer begun) {
        return operator.get(REDRIVES + "/" + begun.body().path("id").asText())
                .body()
                .path("state")
                .asText();
    }
}
