package io.souk.kit.caches;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.souk.kit.Things;
import io.souk.kit.admin.AdminApi;
import io.souk.kit.id.Ids;
import io.souk.kit.tenant.TenantId;
import io.souk.kit.view.Demand;
import io.souk.kit.view.OwnTopics;
import io.souk.kit.view.ThingView;
import io.souk.kit.view.View;
import io.souk.kit.view.ViewCache;
import io.souk.testing.SoukServers;
import io.souk.testing.Tokens;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

import static io.souk.kit.Things.PATIENCE;
import static io.souk.kit.Things.anyTenant;
import static io.souk.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

/** What an operator sees of the cache, and does to it, over HTTP. A job's own count tells what was there. */
@QuarkusTest
@TestProfile(OwnTopics.class)
@WithTestResource(value = SoukServers.class, scope = TestResourceScope.GLOBAL)
class CachesTest {
    private static final String CACHES = "/v1/admin/caches";
    private static final String JOBS = CACHES + "/jobs";

    /** For relays and updaters to begin, on a machine that does much else. */
    private static final Duration LONG = Duration.ofMinutes(2);

    private final AdminApi operator = AdminApi.asOperator();
    private final TenantId tenant = anyTenant();

    @Inject
    Things things;

    @Inject
    ViewCache cache;

    @Inject
    ThingView kind;

    @Test
    void givenViewsOfTwoTenants_whenAnEntryATenantOrAKindIsCleared_thenOnlyThatGoes() {
        var other = anyTenant();
        var ids = cached(tenant, 5);
        cached(other, 3);

        assertThat(clear(views(of(other, ids.getFirst())))).isZero();
        assertThat(clear(views(of(tenant, ids.getFirst())))).isEqualTo(1);
        assertThat(clear(views(of(tenant)))).isEqualTo(4);
        assertThat(clear(views(of(tenant)))).isZero();
        assertThat(clear(views(of(other)))).isEqualTo(3);
        assertThat(rewarm(of(other))).isEqualTo(3);
        assertThat(clear("\"kind\": \"thing\"")).isGreaterThanOrEqualTo(3);
        assertThat(clear(views(of(other)))).isZero();
    }

    @Test
    void givenViewsThatWereCleared_whenTheyAreRewarmed_thenTheCacheHasThemAgainAndNoMore() {
        var other = anyTenant();
        var ids = cached(tenant, 5);
        cached(other, 3);
        clear(of(tenant));
        clear(of(other));

        assertThat(rewarm(of(tenant, ids.getFirst()))).isEqualTo(1);
        assertThat(rewarm(of(tenant))).isEqualTo(4);

        assertThat(rewarm(of(tenant))).isZero();
        assertThat(clear(views(of(tenant)))).isEqualTo(5);
        assertThat(clear(views(of(other)))).isZero();
    }

    @Test
    void givenAJob_thenItTellsHowFarItCameAndIsListed() {
        cached(tenant, 1);

        var begun = operator.post(JOBS, "{\"action\": \"CLEAR\", %s}".formatted(of(tenant)));
        var id = begun.body().path("id").asText();
        var ended = operator.ended(JOBS, begun);

        assertThat(begun.status()).isEqualTo(202);
        assertThat(ended.path("state").asText()).isEqualTo("SUCCEEDED");
        assertThat(ended.path("percent").asInt()).isEqualTo(100);
        assertThat(ended.path("tenant").asText()).isEqualTo(tenant.value());
        assertThat(operator.get(JOBS).body().path("items"))
                .anySatisfy(job -> assertThat(job.path("id").asText()).isEqualTo(id));
    }

    /** Events without rows, of which a step clears up to 1,000. */
    @Test
    void givenMoreEntriesThanAStepTakes_whenTheyAreCleared_thenEachIsClearedOnce() {
        int more = 1_300;

        eventually(
                LONG,
                () -> { // a generation that begins meanwhile may not be told of them
                    var fresh = anyTenant();
                    things.writeMany(fresh, more, "many");
                    awaitApplied(Instant.now());
                    assertThat(clear(views(of(fresh)))).isEqualTo(more);
                    assertThat(clear(views(of(fresh)))).isZero();
                });
    }

    @Test
    void givenReads_thenTheListTellsWhatIsThereHowOftenItAnsweredAndHowOldTheAnswersWere() {
        var ids = cached(tenant, 5);
        long hits = thing().path("hits").asLong();
        eventually(
                () -> { // while nothing is proven for the last seconds, the tables answer
                    var before = thing();
                    ids.forEach(this::read);
                    var now = thing();
                    assertThat(reads(now)).isEqualTo(reads(before) + 5);
                    assertThat(now.path("hits").asLong()).isGreaterThan(hits);
                });

        var now = thing();

        assertThat(now.path("keys").asLong()).isGreaterThanOrEqualTo(5);
        assertThat(now.path("hitRate").asDouble()).isPositive().isLessThanOrEqualTo(1);
        var age = now.path("age");
        assertThat(age.path("p50").asDouble())
                .isPositive()
                .isLessThanOrEqualTo(age.path("p99").asDouble());
        assertThat(age.path("p99").asDouble()).isLessThanOrEqualTo(2);
        assertThat(now.at("/audit/checked").isNumber()).isTrue();
        assertThat(now.at("/audit/wrong").has("behind")).isTrue();
        assertThat(now.at("/audit/repaired").asLong()).isZero();
        assertThat(operator.get(CACHES).body().path("generation").asText()).isNotEmpty();
    }

    @Test
    void whenTheCacheIsRebuilt_thenAnotherGenerationHasWhatThisOneHad() {
        cached(tenant, 5);
        var before = generation();

        assertThat(operator.post(CACHES + "/rebuilds", "{}").status()).isEqualTo(202);
        eventually(
                LONG,
                () -> assertThat(
                                operator.get(CACHES).body().at("/rebuild/phase").asText())
                        .isEqualTo("PUBLISHED"));

        assertThat(generation()).isNotEqualTo(before);
        awaitApplied(Instant.now()); // it is as fresh as readers ask for, no more
        assertThat(clear(views(of(tenant)))).isEqualTo(5);
    }

    @Test
    void whenTheCacheIsRenewed_thenAnotherGenerationHasNothing() {
        cached(tenant, 5);
        var before = generation();

        assertThat(operator.post(CACHES + "/renewals", "{}").status()).isEqualTo(202);

        eventually(() -> assertThat(generation()).isNotEqualTo(before));
        assertThat(clear(views(of(tenant)))).isZero();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {"action": "CLEAR", "kind": "nothing"}                                           | 422 | /kind
                    {"action": "CLEAR", "tenant": "No"}                                              | 422 | /tenant
                    {"action": "CLEAR", "id": "0198c5d2-0000-7000-8000-000000000001"}                | 422 | /tenant
                    {"kind": "thing"}                                                                | 422 | /action
                    {"action": "BURN"}                                                               | 400 | /action
                    {"action": "CLEAR", "tenant": "some", "id": "x"}                                 | 400 | /id
                    {"action": "CLEAR", "tenants": "some"}                                           | 400 | /tenants
                    """)
    void givenWhatCannotBeDone_thenTheFieldIsNamed(String body, int status, String field) {
        var refused = operator.post(JOBS, body);

        assertThat(refused.status()).isEqualTo(status);
        assertThat(refused.body().at("/errors/0/pointer").asText()).isEqualTo(field);
    }

    @Test
    void givenWhoeverIsNoOperator_thenNothingIsToldOrDone() {
        var admin = AdminApi.with(Tokens.of(tenant.value(), "admin"));
        cached(tenant, 1);

        assertThat(admin.get(CACHES).status()).isEqualTo(403);
        assertThat(admin.get(JOBS).status()).isEqualTo(403);
        assertThat(admin.post(JOBS, "{\"action\": \"CLEAR\", %s}".formatted(of(tenant)))
                        .status())
                .isEqualTo(403);
        assertThat(admin.post(CACHES + "/rebuilds", "{}").status()).isEqualTo(403);
        assertThat(admin.post(CACHES + "/renewals", "{}").status()).isEqualTo(403);
        assertThat(operator.get(JOBS + "/" + Ids.next()).status()).isEqualTo(404);
        assertThat(clear(views(of(tenant)))).isEqualTo(1);
    }

    /** Written and in the cache, with nothing on its way there any more. */
    private List<UUID> cached(TenantId of, int count) {
        var ids = IntStream.range(0, count).mapToObj(_ -> Ids.next()).toList();
        eventually(
                LONG,
                () -> { // a generation that begins meanwhile may not be told of them
                    ids.forEach(id -> things.write(of, id, "some"));
                    awaitApplied(Instant.now());
                    rewarm(of(of));
                    assertThat(rewarm(of(of))).isZero();
                });
        return ids;
    }

    /** Of what the scope has the views alone, without the hints that lead to them. */
    private static String views(String scope) {
        return "\"kind\": \"thing\", " + scope;
    }

    private void awaitApplied(Instant written) {
        eventually(LONG, () -> {
            var asked = Instant.now();
            var topics = operator.get(CACHES).body().path("topics");
            assertThat(topics).isNotEmpty().allSatisfy(topic -> {
                assertThat(topic.path("behindSeconds").isNumber()).isTrue();
                var behind =
                        Duration.ofMillis((long) (topic.path("behindSeconds").asDouble() * 1_000));
                assertThat(asked.minus(behind)).isAfter(written);
            });
        });
    }

    private void read(UUID id) {
        assertThat(cache.read(tenant, id, List.of(kind), Demand.NONE).await().atMost(PATIENCE))
                .singleElement()
                .isInstanceOf(View.Live.class);
    }

    private JsonNode thing() {
        return operator.get(CACHES)
                .body()
                .path("kinds")
                .valueStream()
                .filter(one -> one.path("kind").asText().equals("thing"))
                .findFirst()
                .orElseThrow();
    }

    private static long reads(JsonNode kind) {
        return kind.path("hits").asLong()
                + kind.path("bypasses").asLong()
                + kind.path("misses").valueStream().mapToLong(JsonNode::asLong).sum();
    }

    private String generation() {
        return operator.get(CACHES).body().path("generation").asText();
    }

    private long clear(String which) {
        return run("CLEAR", which);
    }

    private long rewarm(String which) {
        return run("REWARM", which);
    }

    /** How many entries the job says that it has cleared, or filled. */
    private long run(String action, String which) {
        var begun = operator.post(JOBS, "{\"action\": \"%s\", %s}".formatted(action, which));
        var ended = operator.ended(JOBS, begun);
        assertThat(ended.path("state").asText()).as(ended.toString()).isEqualTo("SUCCEEDED");
        return ended.path("entries").asLong();
    }

    private static String of(TenantId tenant) {
        return "\"tenant\": \"%s\"".formatted(tenant);
    }

    private static String of(TenantId tenant, UUID id) {
        return "%s, \"id\": \"%s\"".formatted(of(tenant), id);
    }
}
