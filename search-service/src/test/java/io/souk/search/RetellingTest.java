package io.souk.search;

import io.souk.kit.id.Ids;
import io.souk.testing.Retelling;
import org.junit.jupiter.api.Test;

import java.util.List;

import static io.souk.search.Catalogue.price;
import static io.souk.search.Catalogue.product;
import static io.souk.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

@SearchTest
class RetellingTest {
    private final Catalogue catalogue = new Catalogue();

    @Test
    void givenDocuments_whenAllIsToldOnceMore_thenEachIsToldAsItWas() {
        var milk = Ids.next();
        var brand = Ids.next();
        catalogue.tellBrand(brand, 1, "Halva");
        catalogue.tellPrices(milk, 1, price(499, "USD"));
        catalogue.tellAvailability(milk, 1, 7);
        catalogue.tellProduct(milk, 1, product(milk, "PUBLISHED", "Milk").put("brandId", brand.toString()));
        var gone = Ids.next();
        catalogue.tellProduct(gone, 1, "PUBLISHED", "Gone");
        catalogue.tellPrices(Ids.next(), 1, price(1, "USD")); // of which nothing was ever published
        catalogue.awaitAll("Milk", "Gone");
        catalogue.tellProductDeleted(gone, 2);
        catalogue.awaitAll("Milk");
        eventually(
                () -> { // each part comes over a topic of its own
                    var found = catalogue.search("brand", "Halva", "currency", "USD");
                    assertThat(found.getList("items.name")).isEqualTo(List.of("Milk"));
                    assertThat(found.getLong("items[0].price.amount")).isEqualTo(499);
                    assertThat(found.getLong("items[0].available")).isEqualTo(7);
                });

        Retelling.assertAllIsToldAsItWas("search", catalogue.tenant(), "document");
    }
}
