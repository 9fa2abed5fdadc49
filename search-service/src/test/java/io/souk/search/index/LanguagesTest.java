package io.souk.search.index;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.file.Path;

import static io.souk.search.index.Products.product;
import static org.assertj.core.api.Assertions.assertThat;

class LanguagesTest {
    @TempDir
    Path folder;

    @ParameterizedTest(name = "{0} asked as {1}")
    @CsvSource({
        "Crème brûlée,          creme brulee",
        "Creme brulee,          crème brûlée",
        "CRÈME BRÛLÉE,          crème brûlée",
        "Cre\u0300me,           crème",
        "Jalapeño,              jalapeno",
        "Weißbier,              weissbier",
        "Weissbier,             weißbier",
        "Smørrebrød,            smorrebrod",
        "Żubrówka,              zubrowka",
        "İçecek,                içecek",
        "İçecek,                icecek",
        "Ελληνικός καφές,       ελληνικος καφες",
        "Йогурт,                йогурт",
        "Huile d’olive,         olive",
        "L'huile vierge,        huile",
        "Kellogg's Flakes,      kelloggs",
        "Kelloggs Flakes,       kellogg's",
        "ＦＵＬＬ　ＷＩＤＴＨ,    full width",
        "שוקולד מריר,           מריר",
        "שָׁלוֹם,                  שלום",
        "زيت الزيتون,           الزيتون",
        "مُحَمَّد,                 محمد",
        "緑茶ペットボトル,        緑茶",
        "緑茶,                   茶",
        "抹茶チョコレート,        チョコレート",
        "우유 초콜릿,             초콜릿",
        "हिन्दी चाय,               चाय",
        "ชาเขียว,                ชาเขียว",
        "7up Zero 50%,          7up",
        "Pizza 🍕 Margherita,    margherita",
    })
    void givenANameOfAnyLanguage_whenAskedAsPeopleTypeIt_thenItIsFound(String name, String asked) {
        try (var shelf = new Shelf(folder)) {
            shelf.with(product(name), product("Zzz"));

            assertThat(shelf.names(asked)).containsExactly(name);
        }
    }

    @Test
    void givenAWordWithAndWithoutAccent_whenAskedWithIt_thenTheSameSpellingComesFirst() {
        try (var shelf = new Shelf(folder)) {
            shelf.with(product("Cafe"), product("Café"));

            assertThat(shelf.names("café")).containsExactly("Café", "Cafe");
        }
    }

    @Test
    void givenHindiVowelSigns_whenFolded_thenTheyAreKept() {
        assertThat(Folding.forms("चाय")).containsExactly("चाय");
    }

    @Test
    void givenEveryCharacterThereIs_whenIndexedAndAsked_thenNothingFails() {
        try (var shelf = new Shelf(folder)) {
            for (int block = 0x20; block < 0x20000; block += block < 0x10000 ? 0x400 : 0x1000) {
                var text = new StringBuilder();
                for (int c = block; c < block + 0x400; c++) {
                    if (c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE) {
                        text.appendCodePoint(c);
                    }
                }
                shelf.with(product(text.toString()));
                assertThat(shelf.ask().text(text.toString()).find()).isNotNull();
            }
            assertThat(shelf.names("\ud83c lonely surrogate")).isEmpty();
        }
    }
}
