package io.souk.chaos.evidence;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class DigestTest {
    @Test
    void givenTheSameContentInOtherWords_whenDigested_thenTheyAreEqual() throws JsonProcessingException {
        assertThat(Digest.ofContent(json("{\"a\": 1, \"b\": {\"d\": [1, 2], \"c\": null}, \"changed\": [\"a\"]}")))
                .isEqualTo(Digest.ofContent(json("{\"b\":{\"d\":[1,2]},\"a\":1}")));
    }

    @Test
    void givenAnEventInDoubt_whenDigested_thenItIsTheSameContent() throws JsonProcessingException {
        assertThat(Digest.ofContent(json("{\"a\": 1, \"doubted\": true}")))
                .isEqualTo(Digest.ofContent(json("{\"a\": 1}")));
    }

    @Test
    void givenAnEventThatTellsHowAVariantCameToItsStatus_whenDigested_thenItIsTheSameContent()
            throws JsonProcessingException {
        assertThat(Digest.ofContent(
                        json("{\"v\": [{\"status\": \"LOW\", \"statusBefore\": \"SOLD_OUT\", \"statusSince\": 7}]}")))
                .isEqualTo(Digest.ofContent(json("{\"v\": [{\"status\": \"LOW\"}]}")))
                .isNotEqualTo(Digest.ofContent(json("{\"v\": [{\"status\": \"IN_STOCK\"}]}")));
    }

    @Test
    void givenAnotherOrderOfItems_whenDigested_thenTheyDiffer() throws JsonProcessingException {
        assertThat(Digest.ofContent(json("{\"d\": [1, 2]}"))).isNotEqualTo(Digest.ofContent(json("{\"d\": [2, 1]}")));
    }

    private static JsonNode json(String text) throws JsonProcessingException {
        return new ObjectMapper().readTree(text);
    }
}
