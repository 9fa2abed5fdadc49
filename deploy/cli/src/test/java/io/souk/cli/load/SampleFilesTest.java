package io.souk.cli.load;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** The shipped files agree with themselves; whether the catalogue takes them is seen when the stack is trained. */
class SampleFilesTest {
    private static final Path SAMPLES = Path.of("..", "samples");

    @ParameterizedTest
    @ValueSource(strings = {"kosher-market", "sneaker-exchange", "card-shop", "dispensary"})
    void givenATenant_thenEveryVariantHasAPriceAndStockAndNothingStandsTwice(String tenant) throws IOException {
        var products = read(tenant, "products.jsonl");
        var skus = skus(products);
        var stocked = new ArrayList<String>();
        for (var line : read(tenant, "stock.jsonl")) {
            assertThat(line.path("quantity").asInt()).isPositive();
            stocked.add(line.path("sku").asText());
        }

        assertThat(products)
                .hasSize(15)
                .allMatch(product -> product.path("publish").asBoolean());
        assertThat(skus).doesNotHaveDuplicates();
        assertThat(products)
                .allSatisfy(product -> assertThat(product.path("variants"))
                        .allSatisfy(
                                variant -> assertThat(variant.path("prices")).isNotEmpty()));
        assertThat(stocked).containsExactlyInAnyOrderElementsOf(skus);
    }

    @ParameterizedTest
    @ValueSource(strings = {"kosher-market", "sneaker-exchange", "card-shop", "dispensary"})
    void givenATenant_thenItsGtinsAreUniqueAndTheirCheckDigitsRight(String tenant) throws IOException {
        var gtins = new ArrayList<String>();
        for (var product : read(tenant, "products.jsonl")) {
            product.path("variants")
                    .forEach(variant -> variant.path("gtins").forEach(gtin -> gtins.add(gtin.asText())));
            for (var name : List.of("eachGtin", "caseGtin")) {
                var gtin = product.path("attributes").path(name);
                assertThat(gtin.isMissingNode() || isValid(gtin.asText()))
                        .as(gtin.asText())
                        .isTrue();
            }
        }

        assertThat(gtins).doesNotHaveDuplicates().allMatch(SampleFilesTest::isValid);
    }

    /** GS1 General Specifications, 7.9: weights 3 and 1 from the right; the sum with the check digit is a multiple of ten. */
    private static boolean isValid(String gtin) {
        int sum = 0;
        for (int i = 0; i < gtin.length(); i++) {
            int digit = Character.digit(gtin.charAt(gtin.length() - 1 - i), 10);
            sum += i % 2 == 0 ? digit : 3 * digit;
        }
        return sum % 10 == 0;
    }

    private static List<String> skus(List<JsonNode> products) {
        var skus = new ArrayList<String>();
        products.forEach(product -> product.path("variants")
                .forEach(variant -> skus.add(variant.path("sku").asText())));
        return skus;
    }

    private static List<JsonNode> read(String tenant, String file) throws IOException {
        var json = new ObjectMapper();
        var lines = new ArrayList<JsonNode>();
        for (var line : Files.readAllLines(SAMPLES.resolve(tenant).resolve(file))) {
            lines.add(json.readTree(line));
        }
        return lines;
    }
}
