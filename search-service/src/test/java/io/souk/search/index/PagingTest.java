package io.souk.search.index;

import io.souk.kit.problem.Problem;
import io.souk.search.document.SearchDocument;
import io.souk.search.query.FoundProduct;
import io.souk.search.query.Ordering;
import io.souk.search.query.Position;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;

import static io.souk.search.index.Products.called;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class PagingTest {
    private static final int PRODUCTS = 137;

    @TempDir
    Path folder;

    private final Random random = new Random(7);

    /** Few different values, so that most places are decided by the id alone. */
    private List<SearchDocument> products() {
        var products = new ArrayList<SearchDocument>();
        for (int i = 0; i < PRODUCTS; i++) {
            var product = called(random.nextBoolean() ? "Milk" : "Fresh milk")
                    .publishedAt(Instant.ofEpochSecond(random.nextInt(3)));
            if (random.nextInt(3) > 0) {
                product.costing(random.nextInt(4), "USD");
            }
            products.add(product.make());
        }
        return products;
    }

    @ParameterizedTest
    @EnumSource(Ordering.class)
    void givenManyEqualProducts_whenPaged_thenEachComesExactlyOnceAndInOrder(Ordering ordering) {
        try (var shelf = new Shelf(folder)) {
            var products = products();
            for (int from = 0; from < PRODUCTS; from += 20) {
                shelf.with(Shelf.TENANT, products.subList(from, Math.min(PRODUCTS, from + 20)));
            }
            var all = shelf.ask().text("milk").by(ordering).in("USD").ids();

            for (int size : new int[] {1, 7, 136, 137, 138, 200}) {
                assertThat(pages(shelf, ordering, size, () -> {})).isEqualTo(all);
            }
            assertThat(all).hasSize(PRODUCTS).doesNotHaveDuplicates();
        }
    }

    @Test
    void givenProductsThatComeAndGo_whenPagedByName_thenThoseThatStayComeExactlyOnce() {
        try (var shelf = new Shelf(folder)) {
            var products = products();
            shelf.with(Shelf.TENANT, products);
            var gone = products.subList(0, 60).iterator();

            var seen = pages(shelf, Ordering.NAME, 10, () -> {
                shelf.with(called("Buttermilk milk").make(), called("Yak milk").make());
                for (int i = 0; i < 3 && gone.hasNext(); i++) {
                    shelf.without(gone.next().id(), 2);
                }
            });

            assertThat(seen).doesNotHaveDuplicates();
            assertThat(seen)
                    .containsAll(products.subList(60, PRODUCTS).stream()
                            .map(SearchDocument::id)
                            .toList());
        }
    }

    @Test
    void givenALastProductThatWasDeleted_whenPaged_thenThePageGoesOnBehindItsPlace() {
        try (var shelf = new Shelf(folder)) {
            shelf.with(
                    called("A").make(),
                    called("B").make(),
                    called("C").make(),
                    called("D").make());
            var first = shelf.ask().by(Ordering.NAME).page(2, null).find();
            shelf.without(first.items().getLast().id(), 2);

            var second = shelf.ask().by(Ordering.NAME).page(2, first.next()).names();

            assertThat(second).containsExactly("C", "D");
        }
    }

    @Test
    void givenAPositionOfAnotherOrdering_whenAsked_thenItIsRefused() {
        try (var shelf = new Shelf(folder)) {
            shelf.with(called("A").make());
            var positions =
                    List.of(new Position.Value.Score(1), new Position.Value.Whole(1), new Position.Value.Text("a"));

            for (var value : positions) {
                var position = new Position(false, value, new UUID(0, 0));
                int refused = 0;
                for (var ordering : Ordering.values()) {
                    var ask = shelf.ask().text("a").by(ordering).in("USD").page(2, position);
                    refused += isRefused(ask) ? 1 : 0;
                }
                assertThat(refused).isGreaterThan(1).isLessThan(Ordering.values().length);
            }
            assertThatThrownBy(() -> shelf.ask()
                            .by(Ordering.NAME)
                            .page(2, new Position(false, new Position.Value.Score(1), new UUID(0, 0)))
                            .find())
                    .isInstanceOf(Problem.class);
        }
    }

    @Test
    void givenAnEmptyIndex_whenPagedFromSomewhere_thenThePageIsEmpty() {
        try (var shelf = new Shelf(folder)) {
            var position = new Position(false, new Position.Value.Text("a"), new UUID(0, 0));

            assertThat(shelf.ask().by(Ordering.NAME).page(2, position).find().items())
                    .isEmpty();
        }
    }

    private static boolean isRefused(Shelf.Ask ask) {
        try {
            ask.find();
            return false;
        } catch (Problem refusal) {
            return refusal.status() == 400;
        }
    }

    private static List<UUID> pages(Shelf shelf, Ordering ordering, int size, Runnable between) {
        var seen = new ArrayList<UUID>();
        @Nullable Position after = null;
        do {
            var page = shelf.ask()
                    .text("milk")
                    .by(ordering)
                    .in("USD")
                    .page(size, after)
                    .find();
            assertThat(page.items()).hasSizeLessThanOrEqualTo(size);
            page.items().stream().map(FoundProduct::id).forEach(seen::add);
            after = page.next();
            between.run();
        } while (after != null);
        return seen;
    }
}
