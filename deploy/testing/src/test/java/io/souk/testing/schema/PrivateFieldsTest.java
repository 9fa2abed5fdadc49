package io.souk.testing.schema;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

/** No event tells of a person or of what the goods cost; and a scanner that was never seen to find anything may be blind. */
class PrivateFieldsTest {
    @TestFactory
    List<DynamicTest> noReleasedSchemaHasAPrivateField() {
        var schemas = ReleasedSchemas.all();
        assertThat(schemas).hasSizeGreaterThanOrEqualTo(12);
        return schemas.stream()
                .map(file -> dynamicTest(
                        file.getFileName().toString(),
                        () -> assertThat(PrivateFields.in(ReleasedSchemas.read(file)))
                                .isEmpty()))
                .toList();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "email",
                "customerId",
                "customer_id",
                "placedByCustomer",
                "shippingAddress",
                "firstName",
                "first-name",
                "cardNumber",
                "phone",
                "IP",
                "ipAddress",
                "purchasePrice",
                "unitCost",
                "landed_cost",
                "supplierSku",
                "userName",
                "birthDate",
                "receivedBy",
                "contactE-Mail"
            })
    void givenAPrivateName_thenItIsFound(String name) {
        assertThat(PrivateFields.isPrivate(name)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "name",
                "price",
                "unitPrice",
                "description",
                "shipped",
                "costume",
                "phoneme",
                "zipper",
                "recipe",
                "username2",
                "placedAt",
                "birthstone",
                "cardId",
                "tenant",
                "onHand"
            })
    void givenAHarmlessName_thenItIsNot(String name) {
        assertThat(PrivateFields.isPrivate(name)).isFalse();
    }

    @Test
    void givenAPrivateFieldDeepInside_thenItsPlaceIsTold() throws JsonProcessingException {
        var schema = new ObjectMapper().readTree("""
                        {"type": "object", "properties": {
                          "lines": {"type": "array", "items": {"type": "object", "properties": {"unitCost": {"type": "integer"}}}},
                          "byKey": {"type": "object", "additionalProperties": {"properties": {"email": {}}}},
                          "either": {"anyOf": [{"type": "null"}, {"properties": {"phone": {}}}]}}}""");

        assertThat(PrivateFields.in(schema))
                .containsExactlyInAnyOrder("/lines/*/unitCost", "/byKey/*/email", "/either/phone");
    }
}
