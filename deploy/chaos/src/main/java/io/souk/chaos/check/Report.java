package io.souk.chaos.check;

import io.souk.chaos.evidence.Evidence;
import io.souk.chaos.evidence.Fact;

import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The verdicts of all invariants over one run. */
public record Report(Evidence evidence, Coverage coverage, Map<Invariant, Verdict> verdicts) {
    private static final List<Invariant> ALL = List.of(
            new EveryChangeIsTold(),
            new NothingElseIsTold(),
            new OrderIsKept(),
            new CacheIsTrue(),
            new ReadsAreFresh(),
            new MinimumIsKept(),
            new LogRebuilds(),
            new DeletedStaysDeleted(),
            new TenantsAreApart(),
            new AllComesToRest(),
            new StockIsSound(),
            new ReservedIsHeld(),
            new MoneyFollowsOrders(),
            new HoldsEnd(),
            new OnceIsOnce(),
            new BooksAgree(),
            new MovesAreOnce(),
            new ProviderAgrees());

    public static Report of(Evidence evidence) {
        var verdicts = new LinkedHashMap<Invariant, Verdict>();
        ALL.forEach(invariant -> verdicts.put(invariant, invariant.check(evidence)));
        return new Report(evidence, Coverage.of(evidence), verdicts);
    }

    /** Whether no promise was seen broken, none was left unchecked, and, in a long run, nothing was left undone that tries them. */
    public boolean isKept() {
        return verdicts.values().stream().allMatch(verdict -> verdict.violated() == 0 && verdict.checked() > 0)
                && coverage.missing().isEmpty();
    }

    public void print(PrintWriter out) {
        var operations = evidence.all(Fact.Operation.class);
        out.printf("%n%d operations: %s%n", operations.size(), outcomes(operations));
        out.printf(
                "%d faults, %d commits, %d records, %d cache entries%n",
                evidence.faults().size(),
                evidence.all(Fact.Commit.class).size(),
                evidence.all(Fact.Told.class).size(),
                evidence.all(Fact.Cached.class).size());
        coverage.print(out);
        out.println();
        verdicts.forEach((invariant, verdict) -> print(out, invariant, verdict));
        out.flush();
    }

    private static String outcomes(List<Fact.Operation> operations) {
        var counts = new LinkedHashMap<Fact.Outcome, Long>();
        operations.forEach(operation -> counts.merge(operation.outcome(), 1L, Long::sum));
        return counts.toString();
    }

    private static void print(PrintWriter out, Invariant invariant, Verdict verdict) {
        var result = verdict.violated() > 0
                ? "%d VIOLATIONS in %d".formatted(verdict.violated(), verdict.checked())
                : verdict.checked() == 0
                        ? "nothing to check"
                        : "none in %d (95 %%: under %.2g)".formatted(verdict.checked(), verdict.bound());
        out.printf("%2d  %-88s %s%n", invariant.number(), invariant.says(), result);
        verdict.first().forEach(wrong -> out.printf("      %s%n", wrong));
        if (verdict.violated() > verdict.first().size()) {
            out.printf(
                    "      and %d more%n", verdict.violated() - verdict.first().size());
        }
    }
}
