package io.souk.kit.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.souk.kit.json.StrictJson;
import io.souk.kit.problem.Problem;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class MergePatchTest {
    /** RFC 7396, appendix A: those with an object as the patch. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"a\":\"b\"}                     | {\"a\":\"c\"}                     | {\"a\":\"c\"}",
                "{\"a\":\"b\"}                     | {\"b\":\"c\"}                     | {\"a\":\"b\",\"b\":\"c\"}",
                "{\"a\":\"b\"}                     | {\"a\":null}                      | {}",
                "{\"a\":\"b\",\"b\":\"c\"}         | {\"a\":null}                      | {\"b\":\"c\"}",
                "{\"a\":[\"b\"]}                   | {\"a\":\"c\"}                     | {\"a\":\"c\"}",
                "{\"a\":\"c\"}                     | {\"a\":[\"b\"]}                   | {\"a\":[\"b\"]}",
                "{\"a\":{\"b\":\"c\"}}             | {\"a\":{\"b\":\"d\",\"c\":null}}  | {\"a\":{\"b\":\"d\"}}",
                "{\"a\":[{\"b\":\"c\"}]}           | {\"a\":[1]}                       | {\"a\":[1]}",
                "{\"e\":null}                      | {\"a\":1}                         | {\"e\":null,\"a\":1}",
                "[1,2]                             | {\"a\":\"b\",\"c\":null}          | {\"a\":\"b\"}",
                "{}                                | {\"a\":{\"bb\":{\"ccc\":null}}}   | {\"a\":{\"bb\":{}}}",
            })
    void givenTheExamplesOfTheRfc_thenTheirResults(String target, String patch, String result) {
        assertThat(MergePatch.apply(json(target), json(patch))).isEqualTo(json(result));
    }

    @ParameterizedTest
    @ValueSource(strings = {"[\"c\"]", "null", "\"bar\"", "1"})
    void givenAPatchThatIsNoObject_thenItIsRefused(String patch) {
        assertThatThrownBy(() -> MergePatch.apply(json("{}"), json(patch)))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.status()).isEqualTo(400));
    }

    @Test
    void givenDeepNesting_thenItIsRefused() {
        var deep = "{\"a\":".repeat(200) + "1" + "}".repeat(200);

        assertThatThrownBy(() -> MergePatch.apply(json("{}"), json(deep))).isInstanceOf(Problem.class);
    }

    @Test
    void givenAMerge_thenNeitherPartIsChanged() {
        var target = json("{\"a\":{\"b\":1}}");
        var patch = json("{\"a\":{\"c\":[1]}}");

        MergePatch.apply(target, patch);

        assertThat(target).isEqualTo(json("{\"a\":{\"b\":1}}"));
        assertThat(patch).isEqualTo(json("{\"a\":{\"c\":[1]}}"));
    }

    private record Name(String first, @Nullable String last) {}

    @Test
    void givenWhatPeopleWrite_whenPatched_thenItIsReadAgain() {
        var present = new Name("Ada", "Byron");

        assertThat(patched(present, "{\"last\":\"Lovelace\"}")).isEqualTo(new Name("Ada", "Lovelace"));
        assertThat(patched(present, "{\"last\":null}")).isEqualTo(new Name("Ada", null));
        assertThatThrownBy(() -> patched(present, "{\"middle\":\"King\"}"))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.status()).isEqualTo(400));
        assertThatThrownBy(() -> patched(present, "{\"last\":7}")).isInstanceOf(Problem.class);
    }

    private static Name patched(Name present, String patch) {
        return MergePatch.apply(StrictJson.mapper(), present, json(patch), Name.class);
    }

    private static JsonNode json(String text) {
        try {
            return new ObjectMapper().readTree(text);
        } catch (JsonProcessingException bad) {
            throw new AssertionError(bad);
        }
    }
}
