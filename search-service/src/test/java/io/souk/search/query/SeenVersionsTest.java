package io.souk.search.query;

import io.restassured.response.Response;
import io.souk.kit.id.Ids;
import io.souk.search.Catalogue;
import io.souk.search.SearchTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import static io.souk.search.Catalogue.price;
import static io.souk.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;

/** Who has seen a change in the catalogue says so, and finds it here. */
@SearchTest
class SeenVersionsTest {
    private final Catalogue catalogue = new Catalogue();
    private final UUID milk = Ids.next();

    private Response search(String seen) {
        return search(catalogue, seen);
    }

    /** As a patient client does: on a busy machine a change may come later than a search waits, but no answer is without it. */
    private Response found(String seen) {
        var answer = new AtomicReference<Response>();
        eventually(() -> {
            answer.set(search(seen));
            assertThat(answer.get().statusCode()).isNotEqualTo(503);
        });
        return answer.get();
    }

    private static Response search(Catalogue tenant, String seen) {
        return tenant.asCustomer()
                .header("Souk-Min-Version", seen)
                .queryParam("currency", "USD")
                .get("/v1/search");
    }

    private String seen(String aggregate, long version) {
        return aggregate + "/" + milk + "=" + version;
    }

    @Test
    void givenEachChange_whenItIsNamed_thenItIsFoundAtOnce() {
        for (int i = 1; i <= 5; i++) {
            catalogue.tellProduct(milk, i, "PUBLISHED", "Milk " + i);
            found(seen("product", i)).then().statusCode(200).body("items.name", contains("Milk " + i));
        }
        catalogue.tellPrices(milk, 7, price(499, "USD"));
        found(seen("price", 7)).then().statusCode(200).body("items[0].price.amount", equalTo(499));
        catalogue.tellAvailability(milk, 3, 11);
        found(seen("availability", 3)).then().statusCode(200).body("items[0].available", equalTo(11));
        catalogue.tellProductDeleted(milk, 6);
        found(seen("product", 6)).then().statusCode(200).body("items", hasSize(0));
    }

    @Test
    void givenSeveralParts_whenAllAreNamed_thenAllAreFound() {
        catalogue.tellAvailability(milk, 1, 11);
        catalogue.tellPrices(milk, 2, price(499, "USD"));
        catalogue.tellProduct(milk, 3, "PUBLISHED", "Milk");

        var found = found(seen("product", 3) + ", " + seen("price", 2) + ", " + seen("availability", 1));

        found.then().statusCode(200).body("items.name", contains("Milk"));
        assertThat(found.jsonPath().getLong("items[0].price.amount")).isEqualTo(499);
        assertThat(found.jsonPath().getLong("items[0].available")).isEqualTo(11);
    }

    @Test
    void givenAProductThatIsNotPublished_whenItIsNamed_thenNothingIsWaitedFor() {
        catalogue.tellProduct(milk, 1, "DRAFT", "Milk");

        found(seen("product", 1)).then().statusCode(200).body("items", hasSize(0));
    }

    @Test
    void givenWhatNeverComes_whenItIsNamed_thenTheAnswerIsThatItHasNot() {
        catalogue.tellProduct(milk, 1, "PUBLISHED", "Milk");
        found(seen("product", 1)).then().statusCode(200);

        for (var never :
                new String[] {seen("product", 2), seen("price", 1), seen("product", 1) + ",product/" + Ids.next() + "=1"
                }) {
            var refused = search(never);

            refused.then().statusCode(503).contentType("application/problem+json");
            assertThat(refused.header("Retry-After")).isEqualTo("1");
            assertThat(refused.timeIn(TimeUnit.SECONDS)).isLessThan(60);
        }
        search(seen("stock", 9) + "," + seen("order", 9) + "," + seen("brand", 9))
                .then()
                .statusCode(200);
    }

    @Test
    void givenAnotherTenantsProduct_whenItIsNamed_thenItNeverComesAndTellsNothing() {
        catalogue.tellProduct(milk, 1, "PUBLISHED", "Milk");
        found(seen("product", 1)).then().statusCode(200);
        var stranger = new Catalogue();

        var real = search(stranger, seen("product", 1));
        var madeUp = search(stranger, "product/" + Ids.next() + "=1");

        real.then().statusCode(503);
        assertThat(real.jsonPath().getString("detail"))
                .isEqualTo(madeUp.jsonPath().getString("detail"));
        assertThat(real.jsonPath().getMap("$").keySet())
                .isEqualTo(madeUp.jsonPath().getMap("$").keySet());
    }

    @ParameterizedTest
    @ValueSource(strings = {"product", "product/1=1", "product/0198c5d2-7f3e-7c1a-9b2d-4e5f60718293=0", ","})
    void givenWhatIsNoListOfVersions_whenSent_thenItIsRefusedByName(String seen) {
        search(seen).then().statusCode(400).body("errors.parameter", hasItem("Souk-Min-Version"));
    }
}
