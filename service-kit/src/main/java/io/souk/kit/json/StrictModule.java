package io.souk.kit.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationConfig;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.KeyDeserializer;
import com.fasterxml.jackson.databind.deser.std.JsonNodeDeserializer;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.deser.std.StringDeserializer;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.jsontype.TypeDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.type.LogicalType;
import com.fasterxml.jackson.datatype.jsr310.deser.InstantDeserializer;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.time.Instant;
import java.util.List;

/**
 * Refuses the character NUL in every text and every key, where it is read, so that nobody behind has to think of it; and
 * moments that are numbers, which Jackson takes for seconds.
 */
final class StrictModule extends SimpleModule {
    StrictModule() {
        super("souk-strict");
        addDeserializer(String.class, new Text());
        addKeyDeserializer(String.class, new Key());
        addDeserializer(Instant.class, new Moment());
        addDeserializer(JsonNode.class, new Tree<>(JsonNode.class));
        addDeserializer(ObjectNode.class, new Tree<>(ObjectNode.class));
        addDeserializer(ArrayNode.class, new Tree<>(ArrayNode.class));
    }

    private static boolean hasNul(String text) {
        return text.indexOf('\0') >= 0;
    }

    private static InvalidFormatException refusal(JsonParser parser, String text) {
        return InvalidFormatException.from(parser, "must not contain the character NUL", text, String.class);
    }

    private static final class Text extends StdScalarDeserializer<String> {
        Text() {
            super(String.class);
        }

        @Override
        public LogicalType logicalType() {
            return LogicalType.Textual;
        }

        @Override
        public @Nullable String deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            @Nullable String text = StringDeserializer.instance.deserialize(parser, context);
            if (text != null && hasNul(text)) {
                throw refusal(parser, text);
            }
            return text;
        }

        @Override
        public @Nullable String deserializeWithType(
                JsonParser parser, DeserializationContext context, TypeDeserializer type) throws IOException {
            return deserialize(parser, context);
        }
    }

    private static final class Moment extends StdScalarDeserializer<Instant> {
        Moment() {
            super(Instant.class);
        }

        @Override
        public @Nullable Instant deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            return parser.hasToken(JsonToken.VALUE_STRING)
                    ? InstantDeserializer.INSTANT.deserialize(parser, context)
                    : (Instant) context.handleUnexpectedToken(Instant.class, parser);
        }
    }

    private static final class Key extends KeyDeserializer {
        @Override
        public Object deserializeKey(String key, DeserializationContext context) throws IOException {
            if (hasNul(key)) {
                throw refusal(context.getParser(), key);
            }
            return key;
        }
    }

    /** Reads as Jackson does, then looks through the tree once. */
    private static final class Tree<T extends JsonNode> extends JsonDeserializer<T> {
        private final Class<T> type;
        private final JsonDeserializer<? extends JsonNode> reader;

        Tree(Class<T> type) {
            this.type = type;
            this.reader = JsonNodeDeserializer.getDeserializer(type);
        }

        @Override
        public T deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            var tree = reader.deserialize(parser, context);
            check(parser, tree);
            return type.cast(tree);
        }

        @Override
        public Object deserializeWithType(JsonParser parser, DeserializationContext context, TypeDeserializer types)
                throws IOException {
            return deserialize(parser, context);
        }

        @Override
        public @Nullable T getNullValue(DeserializationContext context) throws JsonMappingException {
            var absent = reader.getNullValue(context);
            return type.isInstance(absent) ? type.cast(absent) : null;
        }

        @Override
        public @Nullable Object getAbsentValue(DeserializationContext context) {
            return null;
        }

        @Override
        public Boolean supportsUpdate(DeserializationConfig config) {
            return Boolean.FALSE;
        }

        private static void check(JsonParser parser, JsonNode node) throws IOException {
            if (node.isTextual()) {
                if (hasNul(node.textValue())) {
                    throw refusal(parser, node.textValue());
                }
                return;
            }
            int index = 0;
            for (var element : node.isArray() ? node : List.<JsonNode>of()) {
                try {
                    check(parser, element);
                } catch (JsonMappingException bad) {
                    bad.prependPath(node, index);
                    throw bad;
                }
                index++;
            }
            for (var field : node.properties()) {
                try {
                    if (hasNul(field.getKey())) {
                        throw refusal(parser, field.getKey());
                    }
                    check(parser, field.getValue());
                } catch (JsonMappingException bad) {
                    bad.prependPath(node, field.getKey());
                    throw bad;
                }
            }
        }
    }
}
