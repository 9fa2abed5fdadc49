package io.souk.catalog.card;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.souk.kit.sku.Sku;
import io.vertx.core.buffer.Buffer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.Set;

/** The keys that a product's view vouches for, read from its bytes without building it. */
final class CardKeys {
    private static final JsonFactory JSON = new JsonFactory();

    private CardKeys() {}

    /** The keys of its SKUs, and its GTINs: they cannot be mistaken for each other where only one kind is asked for. */
    static Set<String> of(Buffer product, boolean gtins) {
        var keys = new HashSet<String>();
        try (var parser = JSON.createParser(product.getBytes())) {
            while (parser.nextToken() != null) {
                if (parser.currentToken() == JsonToken.FIELD_NAME && inVariant(parser)) {
                    field(parser, gtins, keys);
                }
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return keys;
    }

    private static void field(JsonParser parser, boolean gtins, Set<String> keys) throws IOException {
        var name = parser.currentName();
        parser.nextToken();
        if (!gtins && name.equals("sku")) {
            keys.add(Sku.key(parser.getText()));
        } else if (gtins && name.equals("gtins")) {
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                keys.add(parser.getText());
            }
        } else {
            parser.skipChildren();
        }
    }

    /** At {@code /variants/n}: an object in the array of that name in the outermost object. */
    private static boolean inVariant(JsonParser parser) {
        var object = parser.getParsingContext();
        var array = object.getParent();
        return array != null
                && array.inArray()
                && array.getParent() != null
                && array.getParent().inObject()
                && "variants".equals(array.getParent().getCurrentName())
                && array.getParent().getParent() != null
                && array.getParent().getParent().inRoot();
    }
}
