package io.souk.chaos.check;

import io.souk.chaos.evidence.Evidence;
import io.souk.chaos.evidence.Fact;
import io.souk.chaos.evidence.Order;
import io.souk.chaos.evidence.Thing;
import org.jspecify.annotations.Nullable;

import java.util.HashMap;
import java.util.Map;

/** 9: nothing of a tenant is anywhere in what is another's. */
final class TenantsAreApart implements Invariant {
    @Override
    public int number() {
        return 9;
    }

    @Override
    public String says() {
        return "No key, event, document or answer crosses tenants";
    }

    @Override
    public Verdict check(Evidence evidence) {
        var count = new Verdict.Count();
        for (var operation : evidence.all(Fact.Operation.class)) {
            count.that(
                    operation.strangers().isEmpty(),
                    () -> "operation %d (%s) of %s was shown %s"
                            .formatted(
                                    operation.number(), operation.action(), operation.tenant(), operation.strangers()));
            if (operation.kind() == Fact.Kind.TRESPASS) {
                count.that(
                        operation.outcome() != Fact.Outcome.OK,
                        () -> "operation %d of %s read another tenant's product"
                                .formatted(operation.number(), operation.tenant()));
            }
        }
        var owners = new HashMap<String, String>();
        for (var record : evidence.log()) {
            var thing = record.thing();
            count.that(
                    thing != null
                            && thing.tenant().equals(record.tenant())
                            && record.strangers().isEmpty(),
                    () -> "%s-%d:%d has the key of %s, the header of %s and the words of %s"
                            .formatted(
                                    record.topic(),
                                    record.partition(),
                                    record.offset(),
                                    thing,
                                    record.tenant(),
                                    record.strangers()));
            own(count, owners, thing);
        }
        evidence.all(Fact.Row.class).forEach(row -> own(count, owners, row.thing()));
        evidence.all(Fact.Copy.class).forEach(copy -> own(count, owners, copy.thing()));
        for (var entry : evidence.all(Fact.Cached.class)) {
            if (!entry.order().equals(Order.NONE)) { // that a tenant has not what another has may well be remembered
                own(count, owners, entry.thing());
            }
        }
        Misplaced.count(count, evidence, number());
        return count.verdict();
    }

    /** Ids are never given twice, so whose an id is first it is always. */
    private static void own(Verdict.Count count, Map<String, String> owners, @Nullable Thing thing) {
        if (thing != null) {
            var owner = owners.putIfAbsent(thing.id(), thing.tenant());
            count.that(owner == null || owner.equals(thing.tenant()), () -> "%s belongs to %s".formatted(thing, owner));
        }
    }
}
