package io.souk.orders.tax;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.arc.All;
import io.quarkus.runtime.Startup;
import io.smallrye.mutiny.TimeoutException;
import io.smallrye.mutiny.Uni;
import io.souk.kit.problem.Problem;
import io.souk.kit.tenant.TenantId;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

import static io.souk.kit.problem.KitProblem.INVALID;
import static io.souk.kit.problem.KitProblem.UNAVAILABLE;

/**
 * The taxes of an order: those of the installed provider or, where there is none, of the shop's own table. A provider is
 * somebody else's: it is given a time, and what it says is looked at before anybody is charged by it.
 */
@Startup // a second provider is found when the service starts, not by the first order
@ApplicationScoped
public class ReckonTaxes {
    private static final Logger LOG = Logger.getLogger(ReckonTaxes.class);

    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

    private final @Nullable TaxProvider provider;
    private final RateTable table;
    private final Duration timeLimit;
    private final MeterRegistry metrics;

    ReckonTaxes(@All List<TaxProvider> installed, RateTable table, TaxConfig config, MeterRegistry metrics) {
        this.provider = theOne(installed);
        this.table = table;
        this.timeLimit = config.timeLimit();
        this.metrics = metrics;
    }

    /** Null when none is installed; with two, nobody could say which of them is right, so the service does not start. */
    static @Nullable TaxProvider theOne(List<TaxProvider> installed) {
        if (installed.size() > 1) {
            throw new IllegalStateException("taxes have one source, and these are installed: " + installed);
        }
        return installed.isEmpty() ? null : installed.getFirst();
    }

    /**
     * One entry for each line, in their order; empty for a line that bears no tax. {@code INVALID} names what has to be known
     * of where the order goes. {@code UNAVAILABLE} when a provider is late, fails, or says what no taxes can be; nothing was
     * done then.
     */
    public Uni<List<Optional<LineTax>>> of(TenantId tenant, @Nullable Destination shipTo, List<TaxableLine> lines) {
        return provider == null
                ? table.taxes(tenant, shipTo, lines)
                : home(Uni.createFrom()
                                .deferred(() -> provider.taxes(tenant, shipTo, lines))
                                .ifNoItem()
                                .after(timeLimit)
                                .fail()
                                .invoke(answer -> TaxAnswer.check(lines, answer)))
                        .onFailure(failure -> !isRefusal(failure))
                        .transform(this::told);
    }

    /** Wherever the provider answers, the order goes on where it was. */
    private static <T> Uni<T> home(Uni<T> answer) {
        @Nullable Context home = Vertx.currentContext();
        return home == null ? answer : answer.emitOn(next -> home.runOnContext(_ -> next.run()));
    }

    /** What the customer can put right; a provider has no other word for them. */
    private static boolean isRefusal(Throwable failure) {
        return failure instanceof Problem problem && problem.status() == INVALID.status();
    }

    private Throwable told(Throwable failure) {
        var kind = kind(failure);
        metrics.counter("souk.orders.tax.failures", "kind", kind).increment();
        LOG.warnf("the provider of taxes is no help (%s): %s", kind, failure);
        return UNAVAILABLE
                .because("The order's taxes cannot be reckoned at present; nothing was done")
                .retryAfter(RETRY_AFTER);
    }

    private static String kind(Throwable failure) {
        return switch (failure) {
            case TimeoutException _ -> "late";
            case TaxAnswer.Nonsense _ -> "nonsense";
            default -> "failed";
        };
    }
}
