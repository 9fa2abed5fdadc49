package io.souk.search.index;

import io.souk.kit.id.Ids;
import io.souk.search.document.SearchDocument;
import io.souk.search.query.Filter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Collections;
import java.util.Set;

import static io.souk.search.index.Products.called;
import static io.souk.search.index.Products.product;
import static org.assertj.core.api.Assertions.assertThat;

class RankingTest extends WithShelf {
    @Test
    void givenAWordInEveryField_whenSearched_thenTheFieldsOrderTheProducts() {
        shelf.with(
                called("In the description").describedAs("honey").make(),
                called("In an attribute").with("taste", "honey").make(),
                called("In the category")
                        .in(new SearchDocument.Named(Ids.next(), "Honey"))
                        .make(),
                called("In the brand").ofBrand(Ids.next(), "Honey").make(),
                called("Honey").make());

        assertThat(shelf.names("honey"))
                .containsExactly("Honey", "In the brand", "In the category", "In an attribute", "In the description");
    }

    @Test
    void givenSeveralWords_whenSearched_thenAllAreWantedWhereverTheyStand() {
        shelf.with(
                called("Oat drink").ofBrand(Ids.next(), "Alpro").make(),
                called("Oat drink").ofBrand(Ids.next(), "Oatly").make(),
                called("Soy drink").ofBrand(Ids.next(), "Alpro").make());

        assertThat(shelf.ask().text("alpro oat").find().items())
                .singleElement()
                .satisfies(item -> assertThat(item.brand()).isNotNull());
        assertThat(shelf.ask().text("alpro oat").find().relaxed()).isFalse();
    }

    @Test
    void givenNoProductWithAllWords_whenSearched_thenMostWordsWillDoAndItIsSaid() {
        shelf.with(product("Organic dark chocolate"), product("Organic milk"), product("Bread"));

        var found = shelf.ask().text("organic dark xyzzy").find();

        assertThat(found.relaxed()).isTrue();
        assertThat(found.items()).extracting("name").containsExactly("Organic dark chocolate");
    }

    @Test
    void givenAFilterThatLeavesNothing_whenSearched_thenTheWordsKeepTheirMeaning() {
        shelf.with(
                called("Organic chocolate").ofType("food").make(),
                called("Organic shirt").ofType("fashion").make());

        var found = shelf.ask()
                .text("organic chocolate")
                .where(new Filter.OfTypes(Set.of("fashion")))
                .find();

        assertThat(found.items()).isEmpty();
        assertThat(found.relaxed()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "AJ1-2021-RED",
                "aj1-2021-red",
                " AJ1-2021-RED ",
                "ＡＪ１-2021-RED",
                "4006381333931",
                "04006381333931"
            })
    void givenAnSkuOrGtin_whenAllOfItIsAsked_thenItsProductComesFirst(String code) {
        shelf.with(
                called("AJ1 2021 red AJ1 2021 red")
                        .describedAs("04006381333931 4006381333931")
                        .make(),
                called("Sneaker").withVariant("AJ1-2021-RED", "04006381333931").make());

        assertThat(shelf.names(code)).first().isEqualTo("Sneaker");
    }

    @Test
    void givenAnSkuInFullWidth_whenAskedInPlainLetters_thenItsProductComesFirst() {
        shelf.with(
                called("AJ1 2021 red AJ1 2021 red").make(),
                called("Sneaker").withVariant("ＡＪ１-2021-RED").make());

        assertThat(shelf.names("aj1-2021-red")).first().isEqualTo("Sneaker");
    }

    @Test
    void givenTheBeginningOfAWord_whenPrefixIsAllowed_thenItFindsAndExactComesFirst() {
        shelf.with(product("Chocolate bar"), product("Choc bar"));

        assertThat(shelf.ask().text("bar choc").asPrefix().names()).containsExactly("Choc bar", "Chocolate bar");
        assertThat(shelf.ask().text("choc bar").names()).containsExactly("Choc bar");
        assertThat(shelf.ask().text("bar ch").asPrefix().names()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"!!!", "\"", "*", "()", "\\", "AND", "name:x", "~", "+", "🍕", "\u202e", "a\u0301"})
    void givenSignsInsteadOfWords_whenSearched_thenNothingIsFoundAndNothingFails(String text) {
        shelf.with(product("Milk"));

        assertThat(shelf.names(text)).isEmpty();
    }

    @Test
    void givenTwoHundredWords_whenSearched_thenItIsStillAnswered() {
        shelf.with(product("Milk"));

        assertThat(shelf.names("milk ".repeat(200))).containsExactly("Milk");
        assertThat(shelf.names(String.join(" ", Collections.nCopies(50, "chocolade abcdefgh ijklmnopq"))))
                .isEmpty();
    }
}
