package io.souk.search.index;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.file.Path;
import java.util.List;

import static io.souk.search.index.Products.product;
import static org.assertj.core.api.Assertions.assertThat;

class TypoTest {
    @TempDir
    Path folder;

    @ParameterizedTest(name = "{0} asked as {1}: found {2}")
    @CsvSource({
        // up to 3 letters: none
        "Soy,            Soi,            false",
        "Tea,            Tae,            false",
        // 4 to 7: one, of any kind, at any place
        "Milk,           Mlik,           true",
        "Milk,           Mik,            false", // three letters were typed
        "Milk,           Milkk,          true",
        "Milk,           Mimk,           true",
        "Milk,           Nilk,           true",
        "Milk,           Nimk,           false",
        "Chicken,        Chiken,         true",
        "Chicken,        Cihcken,        true",
        "Chicken,        Chkn,           false",
        "Chicken,        Hcikcen,        false",
        // from 8 on: two
        "Parmesan,       Paremsan,       true",
        "Parmesan,       Parmezzan,      true",
        "Parmesan,       Pramesna,       true",
        "Parmesan,       Pramezna,       false",
        "Chocolate,      Choclatte,      true",
        "Chocolate,      Chokolade,      true",
        "Chocolate,      Xhokolade,      false",
        // what has digits is right or wrong
        "Type 00 R2D2,   R2D3,           false",
        "Model 12345678, 12345679,       false",
        // letters of other scripts count as letters
        "шоколад,        шоколат,        true",
        "шоколад,        шаколат,        false",
        "Crème,          Creme,          true",
        "Crème,          Crmee,          true",
        "שוקולד,         שוקולת,         true",
    })
    void givenAProduct_whenItsNameIsMistyped_thenItIsFoundWithinItsTolerance(String name, String asked, boolean found) {
        try (var shelf = new Shelf(folder)) {
            shelf.with(product(name));

            assertThat(shelf.names(asked)).isEqualTo(found ? List.of(name) : List.of());
        }
    }

    @Test
    void givenExactAndNearNames_whenSearched_thenTheExactOneStandsFirst() {
        try (var shelf = new Shelf(folder)) {
            for (int i = 0; i < 40; i++) {
                shelf.with(product("Chicken soup")); // frequent, hence of little weight by itself
            }
            shelf.with(Products.called("Thing")
                    .describedAs("a very long text that says chiken once among many words")
                    .make());

            assertThat(shelf.names("chiken")).hasSize(41).first().isEqualTo("Thing");
            assertThat(shelf.names("chicken")).hasSize(41).last().isEqualTo("Thing");
        }
    }

    @Test
    void givenTwoWords_whenOneIsMistyped_thenBothAreStillWanted() {
        try (var shelf = new Shelf(folder)) {
            shelf.with(product("Organic chocolate"), product("Organic milk"), product("Dark chocolate"));

            assertThat(shelf.names("organc chocolte")).containsExactly("Organic chocolate");
        }
    }

    @Test
    void givenARareMisspellingInTheCatalogue_whenMistypedAnotherWay_thenTheFrequentWordComesFirst() {
        try (var shelf = new Shelf(folder)) {
            shelf.with(product("Cheasse"));
            for (int i = 0; i < 10; i++) {
                shelf.with(product("Cheese"));
            }

            assertThat(shelf.names("cheesse")).hasSize(11).last().isEqualTo("Cheasse");
        }
    }
}
