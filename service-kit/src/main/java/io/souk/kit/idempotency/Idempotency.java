package io.souk.kit.idempotency;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.mutiny.Uni;
import io.souk.kit.http.AggregateVersions;
import io.souk.kit.outbox.Outbox;
import io.souk.kit.problem.Problem;
import io.souk.kit.tenant.TenantId;
import io.souk.kit.tenant.Transactions;
import io.souk.kit.tenant.Tx;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;

import static io.souk.kit.problem.KitProblem.IDEMPOTENCY_IN_PROGRESS;

/** Runs a command once per key. */
@ApplicationScoped
public class Idempotency {
    /** Commands take well under a second: who met one under way may ask again then. */
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private final Transactions transactions;
    private final IdempotencyRepository repository;
    private final ObjectMapper json;
    private final Outbox outbox;
    private final String service;

    Idempotency(
            Transactions transactions,
            IdempotencyRepository repository,
            ObjectMapper json,
            Outbox outbox,
            @ConfigProperty(name = "souk.service") String service) {
        this.transactions = transactions;
        this.repository = repository;
        this.json = json;
        this.outbox = outbox;
        this.service = service;
    }

    /**
     * The answer of {@code work}, which runs in a transaction of its own, or the answer that this key got before (then
     * with {@code Idempotent-Replayed: true}). A failed command stores nothing and may be sent again with its key.
     *
     * @param operation names the command; one key may be used for several commands
     * @param key the {@code Idempotency-Key} header: 400 without one
     * @param request what makes two requests the same: the body, and what in the path matters; 422 when it differs
     */
    public Uni<Answer> once(
            TenantId tenant, String operation, @Nullable String key, Object request, Function<Tx, Uni<Answer>> work) {
        return Uni.createFrom().deferred(() -> {
            var checked = IdempotencyKey.of(key);
            var requestHash = Fingerprint.of(json.valueToTree(request));
            return transactions.inTenant(tenant, tx -> run(tx, operation, checked, requestHash, work));
        });
    }

    /**
     * As {@link #once(TenantId, String, String, Object, Function)}, for a command that has to ask another service first:
     * {@code prepare} runs before the transaction, so that no connection waits for it, and only for a key that has no answer
     * yet, so that a replay needs nobody.
     *
     * <p>Nothing keeps the same request away while it prepares: what {@code prepare} fails by may be what that one has done. So
     * its failure counts only for who has the key to himself and finds no answer; else it is the answer, or that it is under way.
     */
    public <P> Uni<Answer> once(
            TenantId tenant,
            String operation,
            @Nullable String key,
            Object request,
            Supplier<Uni<P>> prepare,
            BiFunction<Tx, P, Uni<Answer>> work) {
        return Uni.createFrom().deferred(() -> {
            var checked = IdempotencyKey.of(key);
            var requestHash = Fingerprint.of(json.valueToTree(request));
            return transactions
                    .inTenant(tenant, tx -> repository.find(tx, operation, checked))
                    .chain(stored -> stored == null
                            ? Uni.createFrom()
                                    .deferred(prepare::get)
                                    .onItemOrFailure()
                                    .transformToUni((prepared, failure) -> once(
                                            tenant,
                                            operation,
                                            key,
                                            request,
                                            tx -> outcome(tx, prepared, failure, work)))
                            : Uni.createFrom().item(stored.replay(requestHash)));
        });
    }

    /** The work on what was prepared; fails as the preparing did. */
    private static <P> Uni<Answer> outcome(
            Tx tx, P prepared, @Nullable Throwable failure, BiFunction<Tx, P, Uni<Answer>> work) {
        return failure == null ? work.apply(tx, prepared) : Uni.createFrom().failure(failure);
    }

    private Uni<Answer> run(
            Tx tx, String operation, IdempotencyKey key, String requestHash, Function<Tx, Uni<Answer>> work) {
        var lock = lock(service, tx, operation, key);
        return repository.tryLock(tx, lock).chain(locked -> {
            if (!locked) {
                throw underWay();
            }
            return repository
                    .find(tx, operation, key)
                    .chain(stored -> stored == null
                            ? execute(tx, operation, key, requestHash, work)
                            : Uni.createFrom().item(stored.replay(requestHash)));
        });
    }

    private Uni<Answer> execute(
            Tx tx, String operation, IdempotencyKey key, String requestHash, Function<Tx, Uni<Answer>> work) {
        return work.apply(tx)
                .map(answer -> naming(outbox.appended(tx), answer))
                .call(answer -> repository.store(tx, operation, key, requestHash, answer));
    }

    /** So that a caller who got the answer only when it was repeated can read what it wrote, too. */
    private static Answer naming(AggregateVersions changed, Answer answer) {
        return changed.isEmpty() ? answer : answer.with(AggregateVersions.VERSION, changed.format());
    }

    /** All services share one database and so one space of advisory locks. */
    static long lock(String service, Tx tx, String operation, IdempotencyKey key) {
        return Fingerprint.number(service, "idempotency", tx.tenant().value(), operation, key.value());
    }

    static Problem underWay() {
        return IDEMPOTENCY_IN_PROGRESS
                .because("Ask again with the same key to get its answer")
                .retryAfter(RETRY_AFTER);
    }
}
