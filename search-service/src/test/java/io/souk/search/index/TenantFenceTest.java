package io.souk.search.index;

import io.souk.kit.id.Ids;
import io.souk.kit.tenant.TenantId;
import io.souk.search.document.SearchDocument;
import io.souk.search.query.Facet;
import io.souk.search.query.Filter;
import io.souk.search.query.Ordering;
import io.souk.search.query.PriceRanges;
import io.souk.search.taxonomy.CategoryTree;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import static io.souk.search.index.Products.called;
import static io.souk.search.index.Products.product;
import static org.assertj.core.api.Assertions.assertThat;

class TenantFenceTest extends WithShelf {
    private static final TenantId OURS = new TenantId("a");
    private static final TenantId THEIRS = new TenantId("a-b");

    @Test
    void givenTheSameProductOfTwoTenants_whenSearchedInEveryWay_thenEachSeesOnlyItsOwn() {
        var id = Ids.next();
        var brand = Ids.next();
        var category = Ids.next();
        var product = called("Secret chocolate")
                .withId(id)
                .ofType("food")
                .ofBrand(brand, "Halva")
                .in(new SearchDocument.Named(category, "Sweets"))
                .with("level", "Glatt")
                .withVariant("SKU-1", "04006381333931")
                .costing(500, "USD")
                .make();
        shelf.with(THEIRS, product);

        for (var text :
                List.of("", "secret chocolate", "secrt choclate", "SKU-1", "4006381333931", "halva", "sweets")) {
            for (var ordering : Ordering.values()) {
                var ours =
                        shelf.ask().of(OURS).text(text).asPrefix().by(ordering).in("USD");
                assertThat(ours.names()).as("%s by %s", text, ordering).isEmpty();
                assertThat(ours.of(THEIRS).names())
                        .as("%s by %s", text, ordering)
                        .hasSize(1);
            }
        }
        for (var filter : List.of(
                new Filter.InCategories(Set.of(category)),
                new Filter.OfBrands(Set.of(brand), Set.of("Halva")),
                new Filter.OfTypes(Set.of("food")),
                new Filter.PricedBetween("USD", 0, 1_000),
                new Filter.WithAttribute("level", Set.of("Glatt")))) {
            assertThat(shelf.ask().of(OURS).where(filter).names()).isEmpty();
            assertThat(shelf.ask().of(THEIRS).where(filter).names()).hasSize(1);
        }
    }

    @Test
    void givenProductsOfAnotherTenant_whenCounted_thenTheyCountNothing() {
        shelf.with(
                THEIRS,
                called("Theirs")
                        .ofType("food")
                        .ofBrand(Ids.next(), "B")
                        .in(Ids.next())
                        .with("level", "Glatt")
                        .costing(5, "USD")
                        .make());
        shelf.with(OURS, called("Ours").ofType("drink").make());

        var found = shelf.ask()
                .of(OURS)
                .count(
                        new Facet.ByType(10),
                        new Facet.ByBrand(10),
                        new Facet.ByCategory(10, new CategoryTree("", List.of())),
                        new Facet.ByAttribute("level", 10),
                        new Facet.ByPrice("USD", PriceRanges.STANDARD))
                .find();

        assertThat(found.total()).isEqualTo(1);
        assertThat(found.facets().getFirst().values()).containsExactly(new Facet.Count.OfWord("drink", 1));
        assertThat(found.facets().stream().skip(1))
                .allSatisfy(counts -> assertThat(counts.values()).isEmpty());
    }

    /** Text is never syntax, and no text can name another tenant's terms. */
    @ParameterizedTest
    @ValueSource(strings = {"a-b\u0001secret", "\u0001secret", "a-b secret", "secret a-b", "live:a-b", "a-b/secret"})
    void givenTextThatImitatesTerms_whenSearched_thenTheFenceHolds(String text) {
        shelf.with(THEIRS, product("Secret"));
        shelf.with(OURS, product("Milk"));

        assertThat(shelf.ask().of(OURS).text(text).asPrefix().names()).isEmpty();
        assertThat(shelf.ask().of(OURS).where(new Filter.OfTypes(Set.of(text))).names())
                .isEmpty();
        assertThat(shelf.ask()
                        .of(OURS)
                        .where(new Filter.WithAttribute(text, Set.of(text)))
                        .names())
                .isEmpty();
    }

    @Test
    void givenThousandsOfNearWordsOfAnotherTenant_whenMistyped_thenTheOwnWordIsStillFound() {
        var theirs = new ArrayList<SearchDocument>();
        for (char a = 'a'; a <= 'z'; a++) {
            for (char b = 'a'; b <= 'z'; b++) {
                theirs.add(product("choco" + a + "ate" + b));
            }
        }
        shelf.with(THEIRS, theirs);
        shelf.with(OURS, product("Chocolate"));

        assertThat(shelf.ask().of(OURS).text("chocolade").names()).containsExactly("Chocolate");
    }

    @Test
    void givenAnotherTenantsDeletion_whenApplied_thenOursStays() {
        var id = Ids.next();
        shelf.with(OURS, called("Ours").withId(id).make());
        shelf.with(Shelf.TENANT, called("Theirs").withId(id).make());

        shelf.without(id, 2);

        assertThat(shelf.ask().of(OURS).names()).containsExactly("Ours");
        assertThat(shelf.ask().names()).isEmpty();
    }
}
