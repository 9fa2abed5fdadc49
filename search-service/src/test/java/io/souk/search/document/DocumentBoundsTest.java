package io.souk.search.document;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.souk.kit.id.Ids;
import io.souk.search.document.SearchDocument.Price;
import io.souk.search.document.SearchDocument.Variant;
import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

class DocumentBoundsTest {
    /** What one event may have. */
    private static final int MAX_BYTES = 900 * 1024;

    private static final String WIDE = "\u8c46"; // three bytes in UTF-8

    private static SearchDocument document(
            String description, Map<String, JsonNode> attributes, List<Variant> variants, List<Price> prices) {
        return new SearchDocument(
                Ids.next(),
                1,
                WIDE.repeat(500),
                description,
                "slug",
                "grocery",
                new SearchDocument.Named(Ids.next(), WIDE.repeat(500)),
                Collections.nCopies(20, new SearchDocument.Named(Ids.next(), WIDE.repeat(500))),
                Collections.nCopies(50, WIDE.repeat(100)),
                attributes,
                "https://example.com/" + "x".repeat(1_900),
                variants,
                prices,
                1,
                Instant.EPOCH,
                Set.of());
    }

    private static Variant variant(int options, int optionLength) {
        var named = new TreeMap<String, String>();
        for (int i = 0; i < options; i++) {
            named.put("Option " + i, WIDE.repeat(optionLength));
        }
        return new Variant(Ids.next(), "SKU", "A name", named, List.of("04006381333931"));
    }

    private static List<Variant> variants(int count, int options, int optionLength) {
        return Collections.nCopies(count, variant(options, optionLength));
    }

    private static List<Price> prices(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> new Price(Ids.next(), 1_000 + i, i % 2 == 0 ? "EUR" : "USD"))
                .toList();
    }

    private static Map<String, JsonNode> attributes(int count, int length) {
        var attributes = new TreeMap<String, JsonNode>();
        for (int i = 100; i < 100 + count; i++) {
            attributes.put("a" + i, JsonNodeFactory.instance.textNode(WIDE.repeat(length)));
        }
        return attributes;
    }

    private static int bytes(SearchDocument document) throws JsonProcessingException {
        return new ObjectMapper().registerModule(new JavaTimeModule()).writeValueAsBytes(document).length;
    }

    @Test
    void givenADocumentAsLargeAsTheBounds_whenBounded_thenItStaysTheSame() {
        var document = document(
                "x".repeat(DocumentBounds.MAX_DESCRIPTION),
                attributes(6, 10_000),
                variants(250, 3, 50),
                prices(DocumentBounds.MAX_PRICES));

        assertThat(DocumentBounds.within(document)).isSameAs(document);
    }

    @Test
    void givenFarTooMuchOfEverything_whenBounded_thenItFitsAnEventAndIsStillFoundByItsCodes()
            throws JsonProcessingException {
        var document = document(WIDE.repeat(90_000), attributes(60, 5_000), variants(250, 10, 200), prices(10_000));

        var bounded = DocumentBounds.within(document);

        assertThat(bytes(document)).isGreaterThan(MAX_BYTES);
        assertThat(bytes(bounded)).isLessThan(MAX_BYTES);
        assertThat(bounded.variants()).hasSize(250).allSatisfy(variant -> {
            assertThat(variant.sku()).isEqualTo("SKU");
            assertThat(variant.gtins()).hasSize(1);
        });
        assertThat(bounded.variants().getFirst().options()).hasSize(10);
        assertThat(bounded.variants().getLast().options()).isEmpty();
        assertThat(bounded.attributes()).containsKey("a100").doesNotContainKey("a159");
        assertThat(DocumentBounds.within(bounded)).isEqualTo(bounded);
    }

    @Test
    void givenMoreVariantsThanFit_whenBounded_thenTheLastOnesAreLeftOut() throws JsonProcessingException {
        var bounded = DocumentBounds.within(document("", Map.of(), variants(20_000, 1, 10), List.of()));

        assertThat(bounded.variants()).hasSizeBetween(1_000, 2_000);
        assertThat(bytes(bounded)).isLessThan(MAX_BYTES);
    }

    @Test
    void givenMorePricesThanFit_whenBounded_thenTheSpanOfEachCurrencyStays() {
        var bounded = DocumentBounds.within(document("", Map.of(), List.of(), prices(DocumentBounds.MAX_PRICES + 1)));

        assertThat(bounded.prices())
                .extracting(Price::currency, Price::amount)
                .containsExactlyInAnyOrder(
                        tuple("EUR", 1_000L), tuple("EUR", 2_000L), tuple("USD", 1_001L), tuple("USD", 1_999L));
    }

    @Test
    void givenADescriptionThatWouldBeCutInsideACharacter_whenBounded_thenTheWholeCharacterGoes() {
        var text = "x".repeat(DocumentBounds.MAX_DESCRIPTION - 1) + "\ud83c\udf55";

        assertThat(DocumentBounds.within(document(text, Map.of(), List.of(), List.of()))
                        .description())
                .isEqualTo("x".repeat(DocumentBounds.MAX_DESCRIPTION - 1));
    }
}
