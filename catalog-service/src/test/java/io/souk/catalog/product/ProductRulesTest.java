package io.souk.catalog.product;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.souk.catalog.input.Fault;
import io.souk.catalog.input.Faults;
import io.souk.kit.id.Ids;
import io.souk.kit.json.StrictJson;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;

class ProductRulesTest {
    private static final ObjectMapper JSON = StrictJson.mapper();

    private static List<Fault> faults(String body) {
        var faults = new Faults();
        ProductRules.content(request(body), Ids.next(), null, faults);
        return faults.list();
    }

    private static ProductRequest request(String body) {
        try {
            return JSON.readValue(body, ProductRequest.class);
        } catch (JsonProcessingException unreadable) {
            throw new IllegalArgumentException(unreadable);
        }
    }

    private static ProductContent content(String body) {
        return ProductRules.content(request(body), Ids.next(), null, new Faults());
    }

    @Test
    void aNameIsEnoughForADraft() {
        assertThat(faults("{\"name\": \"Challah\"}")).isEmpty();
    }

    @Test
    void textIsKeptAsItIs() {
        var name = "👟 חלה ‏مرحبا e\\u0301 ﬁ";

        assertThat(faults("{\"name\": \"" + name + "\"}")).isEmpty();
        assertThat(content("{\"name\": \"" + name + "\"}").name()).isEqualTo("👟 חלה ‏مرحبا e\u0301 ﬁ");
    }

    @Test
    void lengthsCountCharactersAsPeopleDo() {
        assertThat(faults("{\"name\": \"" + "👟".repeat(500) + "\"}")).isEmpty();
        assertThat(faults("{\"name\": \"" + "👟".repeat(501) + "\"}"))
                .containsExactly(new Fault("/name", "must not be longer than 500 characters"));
    }

    @Test
    void everyFaultIsToldAtOnceAndByItsPlace() {
        var faults = faults("""
                {"name": " ", "slug": "Not A Slug", "tags": [null, "ok", "\\u0001"], "categoryIds": [null],
                 "media": [{"url": "javascript:alert(1)"}, null],
                 "attributes": {"a": 1},
                 "variants": [{"sku": "a,b"}, {"sku": "X", "gtins": ["123"]}, {"sku": "x"}, null,
                              {"sku": "y", "options": {"size": null}}]}
                """);

        assertThat(faults.stream().map(Fault::pointer))
                .containsExactlyInAnyOrder(
                        "/name",
                        "/slug",
                        "/tags/0",
                        "/tags/2",
                        "/categoryIds/0",
                        "/media/0/url",
                        "/media/1",
                        "/attributes",
                        "/variants/0/sku",
                        "/variants/1/gtins/0",
                        "/variants/2/sku",
                        "/variants/3",
                        "/variants/4/options/size");
    }

    @Test
    void halfASurrogatePairIsNoText() {
        assertThat(faults("{\"name\": \"\\ud83d\"}"))
                .containsExactly(new Fault("/name", "is not well-formed Unicode: half of a surrogate pair"));
    }

    @Test
    void variantsHaveABound() {
        assertThat(faults(withVariants(250))).isEmpty();
        assertThat(faults(withVariants(251))).containsExactly(new Fault("/variants", "must not hold more than 250"));
    }

    private static String withVariants(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "{\"sku\": \"S" + i + "\"}")
                .collect(Collectors.joining(",", "{\"name\": \"many\", \"variants\": [", "]}"));
    }

    @Test
    void oneGtinBelongsToOneVariantHoweverItIsPadded() {
        assertThat(faults("""
                {"name": "n", "variants": [{"sku": "a", "gtins": ["96385074"]},
                                           {"sku": "b", "gtins": ["0000096385074"]}]}
                """)).containsExactly(new Fault("/variants/1/gtins/0", "is the same as /variants/0/gtins/0"));
    }

    @Test
    void numbersBeyondReasonAreRefusedBeforeAnyoneCalculatesWithThem() {
        assertThat(faults("{\"name\": \"n\", \"type\": \"grocery\", \"attributes\": {\"x\": 1e999999999}}"))
                .containsExactly(new Fault("/attributes/x", "is a number out of range"));
    }

    @Test
    void documentsThatMeanTheSameAreEqual() {
        var one = content("{\"name\": \"n\", \"type\": \"t\", \"attributes\": {\"b\": 1.50, \"a\": [100, 1e2, 0.0]}}");
        var other =
                content("{\"name\": \"n\", \"type\": \"t\", \"attributes\": {\"a\": [1E+2, 100.0, 0], \"b\": 1.5}}");

        assertThat(one.attributes()).isEqualTo(other.attributes());
        assertThat(one.attributes().toString()).isEqualTo("{\"a\":[100,100,0],\"b\":1.5}");
    }

    @Test
    void aVariantKeepsItsIdByIdOrBySku() {
        var id = Ids.next();
        var before = Product.draft(
                id,
                ProductRules.content(
                        request("{\"name\": \"n\", \"variants\": [{\"sku\": \"Red\"}, {\"sku\": \"Blue\"}]}"),
                        id,
                        null,
                        new Faults()),
                java.time.Instant.EPOCH);
        var red = before.content().variants().get(0).id();
        var blue = before.content().variants().get(1).id();

        var after = ProductRules.content(
                request("{\"name\": \"n\", \"variants\": [{\"sku\": \"RED\"}, {\"id\": \"%s\", \"sku\": \"Green\"}]}"
                        .formatted(blue)),
                id,
                before,
                new Faults());

        assertThat(after.variants().stream().map(Variant::id)).containsExactly(red, blue);
    }
}
