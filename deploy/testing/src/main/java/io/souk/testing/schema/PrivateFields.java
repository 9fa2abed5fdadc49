package io.souk.testing.schema;

import com.fasterxml.jackson.databind.JsonNode;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Looks for fields that no event may have: what tells of a person, and what the goods cost the shop. Events go to every team
 * and stay in the log, from which nobody can take a name out again.
 */
public final class PrivateFields {
    private static final Set<String> WORDS = Set.of(
            "address",
            "addresses",
            "bic",
            "birth",
            "birthdate",
            "birthday",
            "buyer",
            "city",
            "cost",
            "costs",
            "customer",
            "customers",
            "email",
            "emails",
            "fax",
            "firstname",
            "forename",
            "gender",
            "iban",
            "ip",
            "lastname",
            "latitude",
            "longitude",
            "mail",
            "margin",
            "mobile",
            "passport",
            "password",
            "people",
            "person",
            "phone",
            "phones",
            "postal",
            "postcode",
            "recipient",
            "salutation",
            "secret",
            "ssn",
            "street",
            "subject",
            "supplier",
            "surname",
            "token",
            "user",
            "username",
            "wholesale",
            "zip");

    /** Two words in a row, each of which is harmless. */
    private static final Set<String> PAIRS = Set.of(
            "birth day",
            "card number",
            "display name",
            "e mail",
            "family name",
            "first name",
            "full name",
            "given name",
            "last name",
            "placed by",
            "purchase price",
            "received by",
            "tax id",
            "tax number");

    private PrivateFields() {}

    /** JSON Pointers of the fields, into an event; empty when there is none. */
    public static List<String> in(JsonNode schema) {
        var found = new ArrayList<String>();
        look("", schema, found);
        return found;
    }

    private static void look(String at, JsonNode schema, List<String> found) {
        schema.path("properties").properties().forEach(property -> {
            var field = at + "/" + property.getKey();
            if (isPrivate(property.getKey())) {
                found.add(field);
            }
            look(field, property.getValue(), found);
        });
        look(schema.path("items"), at + "/*", found);
        look(schema.path("additionalProperties"), at + "/*", found);
        for (var keyword : List.of("allOf", "anyOf", "oneOf")) {
            schema.path(keyword).forEach(part -> look(at, part, found));
        }
    }

    private static void look(JsonNode part, String at, List<String> found) {
        if (part.isObject()) {
            look(at, part, found);
        }
    }

    static boolean isPrivate(String name) {
        var words = name.replaceAll("([a-z0-9])([A-Z])", "$1 $2")
                .replaceAll("[^A-Za-z0-9]+", " ")
                .strip()
                .toLowerCase(Locale.ROOT)
                .split(" ", -1);
        for (int i = 0; i < words.length; i++) {
            if (WORDS.contains(words[i]) || (i > 0 && PAIRS.contains(words[i - 1] + " " + words[i]))) {
                return true;
            }
        }
        return false;
    }
}
