package io.souk.orders.price;

import io.smallrye.common.vertx.VertxContext;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.souk.kit.sku.Sku;
import io.souk.kit.tenant.TenantId;
import io.souk.kit.trace.Traces;
import io.souk.orders.peer.PeerRefusal;
import io.souk.orders.price.CatalogueCards.Card;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.faulttolerance.exceptions.BulkheadException;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Lets questions that come at about the same time share a call of the catalogue, so that a rush for one thing costs a few
 * calls, and not one for each buyer (after Facebook's DataLoader, 2015). Of each tenant a few calls run at a time; what is
 * asked meanwhile gathers, each SKU once, and goes with the next one.
 *
 * <p>Nobody gets an answer to a call that began before he asked, so an answer is as new as if he had been alone. It is
 * the same for all of a tenant, as far as what is published goes. A call carries the token of the first who waits for it;
 * who shares it and is not the one whom the catalogue refuses asks again, alone.
 */
@ApplicationScoped
class GatherQuestions {
    private static final String SPAN = "ask catalogue";

    /** Calls of a tenant: one would have all wait for a slow one, and with more of them fewer are shared. */
    private static final int AT_ONCE = 4;

    /** SKUs that wait. What is more is refused, as by any queue of calls, before it can be answered too late only. */
    private static final int MOST_OF_TENANT = 1_000;

    private static final int MOST_OF_ALL = 5_000;

    /** Some turns of calls that are tried twice: an answer that comes later helps nobody. */
    private static final Duration LONGEST = Duration.ofSeconds(15);

    private final AskCatalogue catalogue;
    private final VertxInternal vertx;

    /** Of each tenant that has a call under way. Guarded by this, as what is in it. */
    private final Map<TenantId, Lane> lanes = new HashMap<>();

    private int waiting;

    GatherQuestions(Vertx vertx, AskCatalogue catalogue) {
        this.catalogue = catalogue;
        this.vertx = (VertxInternal) vertx;
    }

    private static final class Lane {
        private final Map<String, Question> waiting = new LinkedHashMap<>();
        private int underWay;
    }

    /** Of all who ask for a SKU before it goes with a call. */
    private static final class Question {
        private final Sku sku;
        private final String bearer;
        private final @Nullable String traceparent;
        private final CompletableFuture<Optional<Card>> answer = new CompletableFuture<>();

        /** Guarded by the gathering, as long as it waits. */
        private long lastAsked;

        Question(Sku sku, String bearer, @Nullable String traceparent) {
            this.sku = sku;
            this.bearer = bearer;
            this.traceparent = traceparent;
        }

        /** Of one who asks: that he goes away is nothing to the others. */
        CompletableFuture<Optional<Card>> share() {
            lastAsked = System.nanoTime();
            return answer.copy();
        }

        boolean isWaitedFor() {
            return System.nanoTime() - lastAsked < LONGEST.toNanos();
        }
    }

    /** What the catalogue said to the one whose token a call carried. */
    private static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1;

        private final String bearer;
        private final PeerRefusal refusal;

        Refused(String bearer, PeerRefusal refusal) {
            super(null, refusal, false, false);
            this.bearer = bearer;
            this.refusal = refusal;
        }
    }

    /**
     * The cards of the products that carry these SKUs, on the caller's context. Fails as {@link AskCatalogue} does, after 15 s
     * at the latest.
     */
    Uni<List<Card>> cards(TenantId tenant, Collection<Sku> skus, String bearer) {
        return Uni.createFrom()
                .deferred(() -> answered(line(tenant, skus, bearer)))
                .ifNoItem()
                .after(LONGEST)
                .fail()
                .onFailure(Refused.class)
                .recoverWithUni(refused -> asked(refused, skus, bearer));
    }

    private static Uni<List<Card>> answered(List<CompletableFuture<Optional<Card>>> answers) {
        var all = Uni.join()
                .all(answers.stream()
                        .map(answer -> Uni.createFrom().completionStage(answer))
                        .toList())
                .andFailFast()
                .map(cards -> cards.stream().flatMap(Optional::stream).toList());
        @Nullable Context home = Vertx.currentContext();
        return home == null ? all : all.emitOn(answer -> home.runOnContext(_ -> answer.run()));
    }

    private Uni<List<Card>> asked(Refused refused, Collection<Sku> skus, String bearer) {
        return refused.bearer.equals(bearer) ? Uni.createFrom().failure(refused.refusal) : ask(skus, bearer);
    }

    private List<CompletableFuture<Optional<Card>>> line(TenantId tenant, Collection<Sku> skus, String bearer) {
        var traceparent = Traces.currentTraceparent();
        var answers = new ArrayList<CompletableFuture<Optional<Card>>>();
        try {
            synchronized (this) {
                var lane = lanes.computeIfAbsent(tenant, _ -> new Lane());
                for (var sku : skus) {
                    answers.add(question(lane, sku, bearer, traceparent).share());
                }
            }
        } finally {
            goOn(tenant); // after a refusal too: what had lined up before it would hold its places for ever
        }
        return answers;
    }

    private Question question(Lane lane, Sku sku, String bearer, @Nullable String traceparent) {
        @Nullable Question present = lane.waiting.get(sku.key());
        if (present != null) {
            return present;
        }
        if (lane.waiting.size() == MOST_OF_TENANT || waiting == MOST_OF_ALL) {
            throw new BulkheadException("too many questions wait for the catalogue");
        }
        var question = new Question(sku, bearer, traceparent);
        lane.waiting.put(sku.key(), question);
        waiting++;
        return question;
    }

    private void goOn(TenantId tenant) {
        while (true) {
            var call = new ArrayList<Question>();
            synchronized (this) {
                var lane = lanes.get(tenant);
                if (lane == null || lane.underWay == AT_ONCE || lane.waiting.isEmpty()) {
                    if (lane != null && lane.underWay == 0) {
                        lanes.remove(tenant);
                    }
                    return;
                }
                var questions = lane.waiting.values().iterator();
                while (questions.hasNext() && call.size() < SkuGroups.SKUS) {
                    var question = questions.next();
                    questions.remove();
                    waiting--;
                    if (question.isWaitedFor()) {
                        call.add(question);
                    }
                }
                if (call.isEmpty()) {
                    continue; // all of them have gone: see whether the lane is over
                }
                lane.underWay++;
            }
            send(tenant, call);
        }
    }

    /** On a context of its own: that of who asked first may be gone before the answer is there. */
    private void send(TenantId tenant, List<Question> call) {
        var first = call.getFirst();
        Objects.requireNonNull(VertxContext.createNewDuplicatedContext(vertx.createEventLoopContext()))
                .runOnContext(_ -> Traces.under(
                                first.traceparent,
                                SPAN,
                                () -> ask(
                                        call.stream()
                                                .map(question -> question.sku)
                                                .toList(),
                                        first.bearer))
                        .map(GatherQuestions::bySku)
                        .subscribe()
                        .with(
                                cards -> {
                                    ended(tenant);
                                    call.forEach(question -> question.answer.complete(
                                            Optional.ofNullable(cards.get(question.sku.key()))));
                                },
                                failure -> {
                                    ended(tenant);
                                    var told = failure instanceof PeerRefusal refusal
                                            ? new Refused(first.bearer, refusal)
                                            : failure;
                                    call.forEach(question -> question.answer.completeExceptionally(told));
                                }));
    }

    private void ended(TenantId tenant) {
        synchronized (this) {
            Objects.requireNonNull(lanes.get(tenant)).underWay--;
        }
        goOn(tenant);
    }

    private static Map<String, Card> bySku(List<Card> cards) {
        var bySku = new HashMap<String, Card>();
        cards.forEach(card -> card.product().variants().forEach(variant -> bySku.put(Sku.key(variant.sku()), card)));
        return bySku;
    }

    private Uni<List<Card>> ask(Collection<Sku> skus, String bearer) {
        return Multi.createFrom()
                .iterable(SkuGroups.of(skus))
                .onItem()
                .transformToUniAndConcatenate(group -> catalogue.bySku(group, bearer))
                .collect()
                .asList()
                .map(answers -> answers.stream()
                        .flatMap(answer -> answer.items().stream())
                        .toList());
    }
}
