package io.souk.kit.idempotency;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import io.souk.kit.Things;
import io.souk.kit.id.Ids;
import io.souk.kit.problem.Problem;
import io.souk.kit.problem.ProblemCode;
import io.souk.kit.tenant.TenantId;
import io.souk.kit.tenant.Transactions;
import io.souk.kit.tenant.Tx;
import io.souk.testing.SoukServers;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

import static io.souk.kit.Things.PATIENCE;
import static io.souk.kit.Things.anyTenant;
import static io.souk.kit.problem.KitProblem.IDEMPOTENCY_IN_PROGRESS;
import static io.souk.kit.problem.KitProblem.IDEMPOTENCY_KEY_REQUIRED;
import static io.souk.kit.problem.KitProblem.IDEMPOTENCY_KEY_REUSED;
import static io.souk.kit.problem.KitProblem.MALFORMED;
import static io.souk.kit.problem.KitProblem.NOT_FOUND;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@QuarkusTest
@WithTestResource(value = SoukServers.class, scope = TestResourceScope.GLOBAL)
class IdempotencyTest {
    private static final String AGE =
            "update idempotency_key set created_at = now() - interval '25 hours' where tenant = $1 and key = $2";
    private static final String COUNT = "select count(*) as things from thing where tenant = $1";

    private final AtomicInteger runs = new AtomicInteger();
    private final TenantId tenant = anyTenant();
    private final String key = Ids.next().toString();

    @Inject
    Idempotency idempotency;

    @Inject
    IdempotencySweep sweep;

    @Inject
    Transactions transactions;

    @Inject
    Things things;

    record Order(String sku, int quantity) {}

    @Test
    void givenTheSameRequestAgain_thenItsAnswerComesAgainAndNothingElseHappens() {
        var first = place(key, new Order("a", 1));
        var second = place(key, new Order("a", 1));

        assertThat(first.headers())
                .containsOnlyKeys("Location", "Souk-Version")
                .containsEntry("Location", "/v1/orders/1");
        assertThat(first.headers().get("Souk-Version")).matches("thing/[0-9a-f-]{36}=1");
        assertThat(second.status()).isEqualTo(201);
        assertThat(second.body()).hasToString(first.body().toString());
        assertThat(second.headers()).containsAllEntriesOf(first.headers()).containsEntry("Idempotent-Replayed", "true");
        assertThat(runs).hasValue(1);
        assertThat(count()).isEqualTo(1);
    }

    @Test
    void givenTheSameRequestWrittenOtherwise_thenItIsTheSame() {
        var one = new LinkedHashMap<String, Object>();
        one.put("sku", "a");
        one.put("weight", new java.math.BigDecimal("1.50"));
        var other = new LinkedHashMap<String, Object>();
        other.put("weight", new java.math.BigDecimal("1.5"));
        other.put("sku", "a");

        place(key, one);
        place(key, other);

        assertThat(runs).hasValue(1);
    }

    @Test
    void givenAnotherRequestWithTheKey_then422() {
        place(key, new Order("a", 1));

        assertRefused(IDEMPOTENCY_KEY_REUSED, () -> place(key, new Order("a", 2)));
        assertThat(count()).isEqualTo(1);
    }

    @Test
    void givenTheKeyOfAnotherTenantOrCommand_thenItIsAnother() {
        place(key, new Order("a", 1));

        once(anyTenant(), "place-order", key, new Order("b", 1), this::work);
        once(tenant, "cancel-order", key, new Order("b", 1), this::work);

        assertThat(runs).hasValue(3);
    }

    @Test
    void givenNoKey_then400NamingTheHeader() {
        assertThatThrownBy(() -> place(null, new Order("a", 1))).isInstanceOfSatisfying(Problem.class, problem -> {
            assertThat(problem.code()).isEqualTo(IDEMPOTENCY_KEY_REQUIRED);
            assertThat(problem.errors()).extracting(error -> error.parameter()).containsExactly("Idempotency-Key");
        });
        assertRefused(IDEMPOTENCY_KEY_REQUIRED, () -> place("", new Order("a", 1)));
    }

    @ParameterizedTest
    @ValueSource(strings = {" ", "a b", "a\u0000", "a\n", "ключ", "\u007f"})
    void givenWhatIsNoKey_then400(String bad) {
        assertRefused(MALFORMED, () -> place(bad, new Order("a", 1)));
    }

    @Test
    void givenAKeyOf255Characters_thenItIsTakenAndOneMoreIsNot() {
        place("k".repeat(255), new Order("a", 1));
        assertRefused(MALFORMED, () -> place("k".repeat(256), new Order("a", 1)));
    }

    @Test
    void givenTheFirstIsStillRunning_then409AtOnceAndItsAnswerLater() {
        var begun = new CompletableFuture<Void>();
        var gate = new CompletableFuture<Void>();
        var first = start(tx -> {
            begun.complete(null);
            return things.write(tx, Ids.next(), "a")
                    .chain(() -> Uni.createFrom().completionStage(gate))
                    .chain(() -> Uni.createFrom().item(Answer.of(201, Map.of("id", 1))));
        });
        begun.join();
        assertRefused(IDEMPOTENCY_IN_PROGRESS, () -> place(key, new Order("a", 1)));

        gate.complete(null);
        first.join();

        assertThat(place(key, new Order("a", 1)).headers()).containsKey("Idempotent-Replayed");
        assertThat(runs).as("other work has not run").hasValue(0);
    }

    @Test
    void givenAFailure_thenNothingIsStoredAndTheKeyMayBeUsedAgain() {
        assertThatThrownBy(() -> once(
                        tenant,
                        "place-order",
                        key,
                        new Order("a", 1),
                        tx -> things.write(tx, Ids.next(), "a")
                                .chain(() -> Uni.createFrom().failure(new IllegalStateException("no")))))
                .hasMessage("no");
        assertThat(count()).isZero();

        assertThat(place(key, new Order("a", 2)).headers()).doesNotContainKey("Idempotent-Replayed");
    }

    @Test
    void givenTwentyAtOnce_thenOneHasItsEffectAndNobodyHasAnother() {
        var racing = new ArrayList<CompletableFuture<Answer>>();
        for (int i = 0; i < 20; i++) {
            racing.add(start(this::work));
        }

        var answers = racing.stream().map(IdempotencyTest::outcome).toList();

        assertThat(count()).isEqualTo(1);
        assertThat(runs).hasValue(1);
        assertThat(answers).allSatisfy(answer -> assertThat(answer).isIn(201, 409));
        assertThat(answers).contains(201);
    }

    @Test
    void givenPreparingThatFailsByWhatTheSameRequestHasDoneMeanwhile_thenItsAnswerComes() {
        var answer = prepared(() -> idempotency
                .once(tenant, "place-order", key, new Order("a", 1), this::work)
                .chain(() -> Uni.createFrom().failure(NOT_FOUND.because("it is taken"))));

        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.headers()).containsEntry("Idempotent-Replayed", "true");
        assertThat(runs).hasValue(1);
        assertThat(count()).isEqualTo(1);
    }

    @Test
    void givenPreparingThatFailsByWhatAnotherRequestWithTheKeyHasDoneMeanwhile_then422() {
        assertRefused(
                IDEMPOTENCY_KEY_REUSED,
                () -> prepared(() -> idempotency
                        .once(tenant, "place-order", key, new Order("a", 2), this::work)
                        .chain(() -> Uni.createFrom().failure(NOT_FOUND.because("it is taken")))));
    }

    @Test
    void givenPreparingThatFailsWhileTheSameRequestRuns_then409AndItsAnswerLater() {
        var begun = new CompletableFuture<Void>();
        var gate = new CompletableFuture<Void>();
        var first = start(tx -> {
            begun.complete(null);
            return Uni.createFrom().completionStage(gate).chain(() -> work(tx));
        });
        begun.join();
        Supplier<Uni<Void>> refused = () -> Uni.createFrom().failure(NOT_FOUND.because("it is taken"));
        assertRefused(IDEMPOTENCY_IN_PROGRESS, () -> prepared(refused));

        gate.complete(null);
        first.join();

        assertThat(prepared(refused).headers()).containsEntry("Idempotent-Replayed", "true");
    }

    @Test
    void givenPreparingThatFailsOfItself_thenThatIsToldAndTheKeyMayBeUsedAgain() {
        assertRefused(
                NOT_FOUND, () -> prepared(() -> Uni.createFrom().failure(NOT_FOUND.because("there is no such thing"))));
        assertRefused(
                NOT_FOUND,
                () -> prepared(() -> {
                    throw NOT_FOUND.because("there is no such thing");
                }));
        assertThat(runs).hasValue(0);

        assertThat(place(key, new Order("a", 2)).headers()).doesNotContainKey("Idempotent-Replayed");
    }

    @Test
    void givenOldAnswers_thenTheSweepRemovesThemAndNoOthers() {
        place(key, new Order("a", 1));
        place("young", new Order("a", 1));
        transactions
                .asWorker(worker -> worker.preparedQuery(AGE).execute(Tuple.of(tenant.value(), key)))
                .await()
                .atMost(PATIENCE);

        sweep.sweep().await().atMost(PATIENCE);

        assertThat(place(key, new Order("a", 1)).headers()).doesNotContainKey("Idempotent-Replayed");
        assertThat(place("young", new Order("a", 1)).headers()).containsKey("Idempotent-Replayed");
    }

    private static int outcome(CompletableFuture<Answer> racing) {
        try {
            return racing.join().status();
        } catch (CompletionException failed) {
            return failed.getCause() instanceof Problem problem ? problem.status() : 500;
        }
    }

    private Answer place(@Nullable String withKey, Object request) {
        return once(tenant, "place-order", withKey, request, this::work);
    }

    private Uni<Answer> work(Tx tx) {
        runs.incrementAndGet();
        return things.write(tx, Ids.next(), "a")
                .map(version ->
                        Answer.of(201, Map.of("lines", List.of(version))).with("Location", "/v1/orders/1"));
    }

    private Answer once(
            TenantId of,
            String operation,
            @Nullable String withKey,
            Object request,
            java.util.function.Function<Tx, Uni<Answer>> work) {
        return idempotency.once(of, operation, withKey, request, work).await().atMost(PATIENCE);
    }

    private <P> Answer prepared(Supplier<Uni<P>> prepare) {
        return idempotency
                .once(tenant, "place-order", key, new Order("a", 1), prepare, (tx, _) -> work(tx))
                .await()
                .atMost(PATIENCE);
    }

    private CompletableFuture<Answer> start(java.util.function.Function<Tx, Uni<Answer>> work) {
        return idempotency
                .once(tenant, "place-order", key, new Order("a", 1), work)
                .subscribeAsCompletionStage();
    }

    private long count() {
        return transactions
                .inTenant(
                        tenant,
                        tx -> tx.sql()
                                .preparedQuery(COUNT)
                                .execute(Tuple.of(tenant.value()))
                                .map(rows -> rows.iterator().next().getLong("things")))
                .await()
                .atMost(PATIENCE);
    }

    private static void assertRefused(ProblemCode code, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.code()).isEqualTo(code));
    }
}
