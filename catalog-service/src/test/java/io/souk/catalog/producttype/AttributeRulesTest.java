package io.souk.catalog.producttype;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.souk.catalog.input.Fault;
import io.souk.catalog.input.Faults;
import io.souk.kit.json.StrictJson;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;

class AttributeRulesTest {
    private static final ObjectMapper JSON = StrictJson.mapper();

    private static ObjectNode json(String text) {
        try {
            return JSON.readValue(text, ObjectNode.class);
        } catch (JsonProcessingException unreadable) {
            throw new IllegalArgumentException(unreadable);
        }
    }

    private static List<Fault> schemaFaults(String schema) {
        var faults = new Faults();
        AttributeRules.checkSchema(json(schema), "/schema", faults);
        return faults.list();
    }

    private static List<Fault> faults(String type, String attributes) {
        var faults = new Faults();
        var shipped = Objects.requireNonNull(new ShippedTypes(JSON).byName().get(type));
        shipped.rules().check(json(attributes), "/attributes", faults);
        return faults.list();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            grocery      | {"ingredients": "flour", "nutritionPer100g": {"fat": 1.5}, "allergens": ["gluten"]}
            kosher-food  | {"agency": "OU", "level": "Glatt", "certificateExpires": "2027-01-31"}
            sneakers     | {"styleCode": "DD1391-100", "sizes": [{"eu": 42.5, "uk": 8, "us": 9}], "releaseDate": "2021-03-10"}
            trading-card | {"set": "Base Set", "number": "4/102", "grader": "PSA", "grade": 9.5}
            dispensary   | {"form": "flower", "thcPercent": 21.5, "caseGtin": "10614141000415"}
            """)
    void shippedTypesTakeWhatTheyAreFor(String type, String attributes) {
        assertThat(faults(type, attributes)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            grocery      | {"nutritionPer100g": {"fat": 101}}              | /attributes/nutritionPer100g/fat
            grocery      | {"ingredients": 7}                              | /attributes/ingredients
            grocery      | {"colour": "red"}                               | /attributes/colour
            kosher-food  | {"agency": "OU"}                                | /attributes/level
            kosher-food  | {"agency": "OU", "level": "Glatt", "certificateExpires": "2027-02-30"} | /attributes/certificateExpires
            sneakers     | {"styleCode": "dd1391"}                         | /attributes/styleCode
            trading-card | {"set": "s", "number": "1", "grader": "PSA"}    | /attributes/grade
            dispensary   | {"form": "flower", "eachGtin": "10614141000416"}  | /attributes/eachGtin
            dispensary   | {"form": "flower", "caseGtin": "00000000000000"}  | /attributes/caseGtin
            dispensary   | {"form": "flower", "caseGtin": "96385074"}        | /attributes/caseGtin
            dispensary   | {"form": "flower", "terpenes": [{"name": "x", "percent": -1}]} | /attributes/terpenes/0/percent
            """)
    void whatBreaksTheSchemaIsNamedByItsPlace(String type, String attributes, String pointer) {
        assertThat(faults(type, attributes)).extracting(Fault::pointer).containsExactly(pointer);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"type": "strin"}                                                  | /schema/type
            {"$ref": "https://example.com/schema.json"}                        | /schema/$ref
            {"$id": "https://example.com/x", "type": "object"}                 | /schema/$id
            {"$schema": "http://json-schema.org/draft-07/schema#"}             | /schema/$schema
            {"properties": {"a": {"$ref": "#/$defs/none"}}}                    | /schema/properties/a/$ref
            {"allOf": [{"$ref": "#/allOf/0"}]}                                 | /schema/allOf/0/$ref/$ref
            {"$ref": "#/$defs/a", "$defs": {"a": {"items": {"$ref": "#/$defs/a"}}}} | /schema/$ref/items/$ref
            {"properties": {"a": {"pattern": "(?=x)"}}}                        | /schema/properties/a/pattern
            {"patternProperties": {"(a)\\\\1": {}}}                            | /schema/patternProperties/(a)\\1
            """)
    void dangerousOrWrongSchemasAreRefused(String schema, String pointer) {
        assertThat(schemaFaults(schema)).extracting(Fault::pointer).contains(pointer);
    }

    @Test
    void aSchemaThatUnfoldsWithoutEndIsRefused() {
        var schema = new StringBuilder("{\"$ref\": \"#/$defs/d0\", \"$defs\": {");
        for (int i = 0; i < 20; i++) {
            schema.append("\"d%d\": {\"allOf\": [{\"$ref\": \"#/$defs/d%d\"}, {\"$ref\": \"#/$defs/d%d\"}]},"
                    .formatted(i, i + 1, i + 1));
        }
        schema.append("\"d20\": {}}}");

        assertThat(schemaFaults(schema.toString())).isNotEmpty();
    }

    @Test
    void aTypeOfATenantsOwnMayAskForGtinsToo() {
        var rules = AttributeRules.compile(json("{\"properties\": {\"ean\": {\"format\": \"gtin\"}}}"));
        var faults = new Faults();

        rules.check(json("{\"ean\": \"4006381333931\"}"), "/attributes", faults);
        assertThat(faults.list()).isEmpty();
        rules.check(json("{\"ean\": \"4006381333932\"}"), "/attributes", faults);
        assertThat(faults.list()).extracting(Fault::pointer).containsExactly("/attributes/ean");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"pattern": "((a{1000}){1000}){1000}"}                             | /schema/pattern
            {"pattern": "(a{1,1000}b*){2,900}"}                                | /schema/pattern
            """)
    void aPatternThatUnfoldsWithoutEndIsRefusedBeforeItIsUnfolded(String schema, String pointer) {
        assertThat(schemaFaults(schema)).containsExactly(new Fault(pointer, "repeats too much"));
    }

    @Test
    void eachSubschemaAndEachConstantWeighs() {
        var booleans = IntStream.range(0, 7_000)
                .mapToObj(i -> "\"" + i + "\":true")
                .collect(Collectors.joining(",", "{", "}"));
        var big = "{\"required\": "
                + IntStream.range(0, 2_000).mapToObj(i -> "\"" + i + "\"").toList() + "}";
        var tenTimes = IntStream.range(0, 10)
                .mapToObj(i -> "{\"$ref\": \"#/$defs/big\"}")
                .collect(Collectors.joining(",", "[", "]"));

        assertThat(SchemaGuard.check(json("{\"properties\": " + booleans + "}"), "", new Faults()))
                .isEqualTo(7_001);
        assertThat(schemaFaults("{\"allOf\": " + tenTimes + ", \"$defs\": {\"big\": " + big + "}}"))
                .extracting(Fault::detail)
                .containsExactly("makes the schema too large: more than 20000 nodes with references unfolded");
    }

    @Test
    void theWorkOfACheckIsBoundedWhateverMeetsWhatever() {
        var rules = AttributeRules.compile(json("{\"properties\": {\"a\": {\"items\": {\"anyOf\": "
                + IntStream.range(0, 1_900)
                        .mapToObj(i -> "{\"const\": " + i + "}")
                        .toList() + "}}}}"));
        var small = arrayOf(20);
        var large = arrayOf(32_000);
        var faults = new Faults();

        rules.check(small, "/attributes", faults);
        assertThat(faults.list()).extracting(Fault::pointer).contains("/attributes/a/0");

        var refused = new Faults();
        long before = System.nanoTime();
        rules.check(large, "/attributes", refused);
        assertThat(System.nanoTime() - before).isLessThan(20_000_000_000L); // it would take a minute
        assertThat(refused.list()).hasSize(1).first().satisfies(fault -> {
            assertThat(fault.pointer()).isEqualTo("/attributes");
            assertThat(fault.detail())
                    .startsWith("are too much for the product type's schema")
                    .endsWith("at most 100000");
        });
    }

    @Test
    void theBoundOfACheckIsExact() {
        var rules = AttributeRules.compile(json("{\"items\": {}}")); // weighs 2
        int most = AttributeRules.MAX_STEPS / 2;

        // The root, the array and the bound's own node, next to the elements.
        assertThat(rules.steps(arrayOf(most - 3))).isEqualTo(AttributeRules.MAX_STEPS);
        assertThat(rules.steps(arrayOf(most - 2))).isGreaterThan(AttributeRules.MAX_STEPS);
    }

    private static ObjectNode arrayOf(int elements) {
        var attributes = JSON.createObjectNode();
        var array = attributes.putArray("a");
        for (int i = 0; i < elements; i++) {
            array.add(-1);
        }
        return attributes;
    }

    @Test
    void textCountsToo() {
        var rules = AttributeRules.compile(json("{\"properties\": {\"a\": {\"pattern\": \"(.*){50}x\"}}}"));
        var refused = new Faults();

        rules.check(json("{\"a\": \"" + "a".repeat(64_000) + "\"}"), "/attributes", refused);

        assertThat(refused.list()).extracting(Fault::pointer).containsExactly("/attributes");
    }

    @Test
    void wordsOfTheSchemaLanguageMayNameAttributes() {
        assertThat(schemaFaults("""
                {"type": "object", "properties": {"$id": {"const": {"$ref": "http://data"}}, "pattern": {"type": "string"}}}
                """)).isEmpty();
    }

    @Test
    void aPatternThatBacktracksForeverElsewhereRunsInLinearTime() {
        var rules = AttributeRules.compile(json("{\"properties\": {\"a\": {\"pattern\": \"^(a+)+$\"}}}"));
        var faults = new Faults();

        rules.check(json("{\"a\": \"" + "a".repeat(50_000) + "!\"}"), "/attributes", faults);

        assertThat(faults.list()).extracting(Fault::pointer).containsExactly("/attributes/a");
    }
}
