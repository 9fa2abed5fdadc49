package io.souk.kit.idempotency;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import io.souk.kit.idempotency.IdempotentBatch.Claim;
import io.souk.kit.idempotency.IdempotentBatch.Command;
import io.souk.kit.problem.KitProblem;
import io.souk.kit.problem.Problem;
import io.souk.kit.tenant.TenantId;
import io.souk.kit.tenant.Transactions;
import io.souk.testing.SoukServers;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import static io.souk.kit.Things.PATIENCE;
import static io.souk.kit.Things.anyTenant;
import static io.souk.kit.problem.KitProblem.IDEMPOTENCY_IN_PROGRESS;
import static io.souk.kit.problem.KitProblem.IDEMPOTENCY_KEY_REQUIRED;
import static io.souk.kit.problem.KitProblem.IDEMPOTENCY_KEY_REUSED;
import static io.souk.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@QuarkusTest
@WithTestResource(value = SoukServers.class, scope = TestResourceScope.GLOBAL)
class IdempotentBatchTest {
    private static final String OPERATION = "hold";

    private final TenantId tenant = anyTenant();

    @Inject
    IdempotentBatch batch;

    @Inject
    Idempotency idempotency;

    @Inject
    Transactions transactions;

    @Test
    void givenCommandsOfABatch_thenEachIsGrantedOnce_andReplayedAfterwards() {
        assertThat(run("a", "b")).hasOnlyElementsOfType(Claim.Granted.class);

        assertThat(run("b", "c", "a"))
                .satisfiesExactly(
                        b -> assertThat(b).isInstanceOfSatisfying(Claim.Replayed.class, replayed -> {
                            assertThat(replayed.answer().body()).hasToString("{\"key\":\"b\"}");
                            assertThat(replayed.answer().headers()).containsEntry("Idempotent-Replayed", "true");
                        }),
                        c -> assertThat(c).isInstanceOf(Claim.Granted.class),
                        a -> assertThat(a).isInstanceOf(Claim.Replayed.class));
    }

    @Test
    void givenTheSameKeyTwiceInABatch_thenTheFirstRuns_andTheOtherIsUnderWay() {
        assertThat(run("a", "a"))
                .satisfiesExactly(
                        first -> assertThat(first).isInstanceOf(Claim.Granted.class),
                        second -> assertRefused(second, IDEMPOTENCY_IN_PROGRESS));
    }

    @Test
    void givenTheKeyOfAnotherRequest_thenOnlyThatCommandIsRefused() {
        run("a");

        var claims = claim(List.of(batch.command("a", "something else"), command("b")));

        assertRefused(claims.getFirst(), IDEMPOTENCY_KEY_REUSED);
        assertThat(claims.getLast()).isInstanceOf(Claim.Granted.class);
    }

    @Test
    void givenAKeyThatRunsElsewhere_thenOnlyThatCommandIsUnderWay() {
        var gate = new CompletableFuture<Void>();
        var elsewhere = transactions
                .inTenant(
                        tenant,
                        tx -> batch.claim(tx, OPERATION, List.of(command("a")))
                                .chain(() -> Uni.createFrom().completionStage(gate)))
                .subscribeAsCompletionStage();

        eventually(() -> assertThat(claim(List.of(command("a"), command("b"))))
                .satisfiesExactly(
                        a -> assertRefused(a, IDEMPOTENCY_IN_PROGRESS),
                        b -> assertThat(b).isInstanceOf(Claim.Granted.class)));

        gate.complete(null);
        elsewhere.join();
        assertThat(run("a")).hasOnlyElementsOfType(Claim.Granted.class);
    }

    @Test
    void givenACommandThatRanAlone_thenABatchReplaysIt_andTheOtherWayRound() {
        idempotency
                .once(
                        tenant,
                        OPERATION,
                        "alone",
                        "request alone",
                        _ -> Uni.createFrom().item(answer("alone")))
                .await()
                .atMost(PATIENCE);
        run("together");

        assertThat(run("alone")).hasOnlyElementsOfType(Claim.Replayed.class);
        var replayed = idempotency
                .once(
                        tenant,
                        OPERATION,
                        "together",
                        "request together",
                        _ -> Uni.createFrom().failure(new AssertionError("ran again")))
                .await()
                .atMost(PATIENCE);
        assertThat(replayed.body()).hasToString("{\"key\":\"together\"}");
    }

    @Test
    void givenNoKey_thenItIsAskedFor() {
        assertThatThrownBy(() -> batch.command(null, "request"))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.code()).isEqualTo(IDEMPOTENCY_KEY_REQUIRED));
    }

    /** Claims the keys, and stores an answer for each that is granted. */
    private List<Claim> run(String... keys) {
        var commands = Arrays.stream(keys).map(this::command).toList();
        return transactions
                .inTenant(
                        tenant,
                        tx -> batch.claim(tx, OPERATION, commands).call(claims -> {
                            var answers = new LinkedHashMap<Command, Answer>();
                            for (int i = 0; i < keys.length; i++) {
                                if (claims.get(i) instanceof Claim.Granted) {
                                    answers.put(commands.get(i), answer(keys[i]));
                                }
                            }
                            return batch.store(tx, OPERATION, answers);
                        }))
                .await()
                .atMost(PATIENCE);
    }

    private List<Claim> claim(List<Command> commands) {
        return transactions
                .inTenant(tenant, tx -> batch.claim(tx, OPERATION, commands))
                .await()
                .atMost(PATIENCE);
    }

    private Command command(String key) {
        return batch.command(key, "request " + key);
    }

    private static Answer answer(String key) {
        return Answer.of(201, Map.of("key", key));
    }

    private static void assertRefused(Claim claim, KitProblem code) {
        assertThat(claim)
                .isInstanceOfSatisfying(
                        Claim.Refused.class,
                        refused -> assertThat(refused.problem().code()).isEqualTo(code));
    }
}
