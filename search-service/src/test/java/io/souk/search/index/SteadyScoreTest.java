package io.souk.search.index;

import io.souk.kit.tenant.TenantId;
import io.souk.search.document.SearchDocument;
import io.souk.search.query.FoundProduct;
import io.souk.search.query.Position;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;

import static io.souk.search.index.Products.called;
import static org.assertj.core.api.Assertions.assertThat;

/** A score hangs on the query and the tenant's own products only, whatever else happens to the index. */
class SteadyScoreTest {
    private static final TenantId OTHER = new TenantId("other");
    private static final List<String> WORDS = List.of("milk", "milky", "mill", "chocolate", "chocolade", "dark", "oat");
    private static final int PRODUCTS = 120;

    @TempDir
    Path folder;

    private final Random random = new Random(11);

    private String words(int most) {
        var text = new StringBuilder();
        for (int i = random.nextInt(most) + 1; i > 0; i--) {
            text.append(WORDS.get(random.nextInt(WORDS.size()))).append(' ');
        }
        return text.toString();
    }

    private SearchDocument product(UUID id, long version) {
        return called(words(4))
                .withId(id)
                .inVersion(version)
                .describedAs(words(60))
                .tagged(words(2))
                .make();
    }

    private List<SearchDocument> products() {
        var products = new ArrayList<SearchDocument>();
        for (int i = 0; i < PRODUCTS; i++) {
            products.add(product(new UUID(7, i), 2));
        }
        return products;
    }

    @ParameterizedTest
    @ValueSource(strings = {"milk", "milk chocolate", "mlik", "choclate dark", "milk nonsense oat", "cho"})
    void givenOthersThatChange_whenPagedByRelevance_thenEachComesExactlyOnceAndInOrder(String text) {
        try (var shelf = new Shelf(folder)) {
            shelf.with(Shelf.TENANT, products());
            var all = shelf.ask().text(text).asPrefix().ids();

            var seen = new ArrayList<UUID>();
            @Nullable Position after = null;
            do {
                var page = shelf.ask().text(text).asPrefix().page(9, after).find();
                page.items().stream().map(FoundProduct::id).forEach(seen::add);
                after = page.next();
                for (int i = 0; i < 10; i++) {
                    shelf.with(OTHER, product(UUID.randomUUID(), 1));
                }
            } while (after != null);

            assertThat(seen).hasSizeGreaterThan(9).isEqualTo(all);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"milk", "milk chocolate", "mlik", "choclate dark", "milk nonsense oat", "cho"})
    void givenTwoReplicasWithOtherHistories_whenSearched_thenTheirResultsAreEqual(String text) {
        try (var fresh = new Shelf(folder.resolve("fresh"));
                var old = new Shelf(folder.resolve("old"))) {
            var products = products();
            fresh.with(Shelf.TENANT, products);
            for (int i = 0; i < PRODUCTS; i++) {
                old.with(product(new UUID(7, i), 1)).with(OTHER, product(new UUID(8, i), 1));
            }
            var gone = called("chocolats milks").make();
            old.with(gone).without(gone.id(), 2);
            for (int from = 0; from < PRODUCTS; from += 30) {
                old.with(Shelf.TENANT, products.subList(from, from + 30));
            }

            assertThat(old.ask().text(text).asPrefix().find())
                    .isEqualTo(fresh.ask().text(text).asPrefix().find())
                    .satisfies(found -> assertThat(found.items()).hasSizeGreaterThan(9));
        }
    }
}
