package io.souk.chaos.check;

import io.souk.chaos.evidence.Fact;
import io.souk.chaos.evidence.Fact.Kind;
import io.souk.chaos.evidence.Fact.Outcome;
import io.souk.chaos.evidence.Order;
import io.souk.chaos.evidence.Thing;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;
import java.util.Set;

import static io.souk.chaos.check.Story.assertBroken;
import static io.souk.chaos.check.Story.assertKept;
import static io.souk.chaos.check.Story.part;

class TenantsAreApartTest {
    private final TenantsAreApart invariant = new TenantsAreApart();
    private final Story story = new Story();
    private final Thing product = Story.product();

    @Test
    void givenWhatIsTheTenants_whenChecked_thenKept() {
        story.changed(product, 3).readAt(4, part(product, 3)).with(trespass(Outcome.FAIL, 404));

        assertKept(invariant, story);
    }

    @Test
    void givenAReadOfAnothersProduct_whenItIsAnswered_thenFound() {
        story.with(trespass(Outcome.OK, 200));

        assertBroken(invariant, story, "another tenant's product");
    }

    @Test
    void givenAnotherTenantsNameInAnAnswer_whenChecked_thenFound() {
        var honest = trespass(Outcome.FAIL, 404);
        story.with(new Fact.Operation(
                1,
                "reader",
                Story.TENANT,
                "gateway",
                Kind.LIST,
                "list",
                honest.began(),
                1,
                Outcome.OK,
                200,
                List.of(),
                Map.of(),
                null,
                Map.of(),
                Set.of("birch")));

        assertBroken(invariant, story, "was shown [birch]");
    }

    @Test
    void givenAKeyAndAHeaderOfTwoTenants_whenChecked_thenFound() {
        story.with(new Fact.Told(
                "souk.catalog.product",
                0,
                1,
                1,
                product,
                "birch",
                Order.of(1),
                "event",
                true,
                true,
                null,
                null,
                null,
                Set.of(),
                false,
                false));

        assertBroken(invariant, story, "the header of birch");
    }

    @Test
    void givenAnEntryWithAnothersId_whenChecked_thenFound() {
        var elsewhere = new Thing(Thing.PRODUCT, "birch", product.id());
        story.changed(product, 1).with(new Fact.Cached("rest", elsewhere, Order.of(1), "bytes", Order.NONE));

        assertBroken(invariant, story, "belongs to " + Story.TENANT);
    }

    private Fact.Operation trespass(Outcome outcome, int status) {
        return story.operation(1, Kind.TRESPASS, outcome, status, List.of(), Map.of(), Map.of());
    }
}
