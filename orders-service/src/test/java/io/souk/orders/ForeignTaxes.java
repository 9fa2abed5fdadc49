package io.souk.orders;

import io.smallrye.mutiny.Uni;
import io.souk.kit.money.Money;
import io.souk.kit.tenant.TenantId;
import io.souk.orders.tax.Destination;
import io.souk.orders.tax.LineTax;
import io.souk.orders.tax.TaxProvider;
import io.souk.orders.tax.TaxRate;
import io.souk.orders.tax.TaxableLine;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Alternative;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

import static io.souk.kit.problem.KitProblem.FORBIDDEN;
import static io.souk.kit.problem.KitProblem.INVALID;

/** A tax service as a shop may have rented it: 10 % on everything, answered from a thread of its own, and in whatever mood it is. */
@Alternative // installed where a test's profile says so
@ApplicationScoped
public class ForeignTaxes implements TaxProvider {
    private static final TaxRate TENTH = new TaxRate(100_000, false);
    private static final Map<String, Mood> MOODS = new ConcurrentHashMap<>();

    enum Mood {
        WELL,
        WANTS_A_DESTINATION,
        NEVER_ANSWERS,
        FAILS,
        THROWS,
        SAYS_NO,
        ANSWERS_NOTHING,
        ANSWERS_FOR_ONE_LINE_LESS,
        ANSWERS_FOR_ONE_LINE_MORE,
        LEAVES_A_LINE_NULL,
        LEAVES_RATES_NULL,
        LEAVES_AMOUNTS_NULL,
        TAXES_BELOW_ZERO,
        TAXES_IN_YEN,
        TAXES_MORE_THAN_THE_PRICE
    }

    /** From now on; at first it is well. */
    static void feel(String tenant, Mood mood) {
        MOODS.put(tenant, mood);
    }

    @Override
    @SuppressWarnings("NullAway") // what it should not do
    public Uni<List<Optional<LineTax>>> taxes(TenantId tenant, @Nullable Destination shipTo, List<TaxableLine> lines) {
        return switch (MOODS.getOrDefault(tenant.value(), Mood.WELL)) {
            case WELL -> answer(each(lines));
            case WANTS_A_DESTINATION ->
                shipTo == null
                        ? Uni.createFrom().failure(INVALID.because("Where to?").at("/shipTo", "is required"))
                        : answer(each(lines));
            case NEVER_ANSWERS -> Uni.createFrom().nothing();
            case FAILS -> Uni.createFrom().failure(new IOException("as it was told"));
            case THROWS -> throw new IllegalStateException("as it was told");
            case SAYS_NO -> Uni.createFrom().failure(FORBIDDEN.because("The shop's subscription has run out"));
            case ANSWERS_NOTHING -> Uni.createFrom().nullItem();
            case ANSWERS_FOR_ONE_LINE_LESS -> answer(each(lines.subList(1, lines.size())));
            case ANSWERS_FOR_ONE_LINE_MORE -> answer(and(each(lines), Optional.empty()));
            case LEAVES_A_LINE_NULL -> answer(andNull(each(lines.subList(1, lines.size()))));
            case LEAVES_RATES_NULL -> answer(tax(lines, null, new Money(1, "USD")));
            case LEAVES_AMOUNTS_NULL -> answer(tax(lines, TENTH, null));
            case TAXES_BELOW_ZERO -> Uni.createFrom().item(() -> tax(lines, TENTH, new Money(-1, "USD")));
            case TAXES_IN_YEN -> answer(tax(lines, TENTH, new Money(1, "JPY")));
            case TAXES_MORE_THAN_THE_PRICE -> answer(tax(lines, TENTH, new Money(1_000_000, "USD")));
        };
    }

    private static Uni<List<Optional<LineTax>>> answer(List<Optional<LineTax>> taxes) {
        return Uni.createFrom().completionStage(() -> CompletableFuture.supplyAsync(() -> taxes));
    }

    private static List<Optional<LineTax>> each(List<TaxableLine> lines) {
        return lines.stream().map(line -> Optional.of(TENTH.of(line.amount()))).toList();
    }

    @SuppressWarnings("NullAway") // what it should not do
    private static List<Optional<LineTax>> tax(
            List<TaxableLine> lines, @Nullable TaxRate rate, @Nullable Money amount) {
        return lines.stream().map(_ -> Optional.of(new LineTax(rate, amount))).toList();
    }

    private static List<Optional<LineTax>> and(List<Optional<LineTax>> taxes, Optional<LineTax> last) {
        var more = new ArrayList<>(taxes);
        more.add(last);
        return more;
    }

    @SuppressWarnings("NullAway") // what it should not do
    private static List<Optional<LineTax>> andNull(List<Optional<LineTax>> taxes) {
        var more = new ArrayList<>(taxes);
        more.add(null);
        return more;
    }
}
