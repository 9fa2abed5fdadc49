package io.souk.kit.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.souk.kit.problem.JsonFailures;

import static io.souk.kit.problem.KitProblem.MALFORMED;

/** JSON Merge Patch (RFC 7396): null removes, objects merge, all else replaces. */
public final class MergePatch {
    public static final String MEDIA_TYPE = "application/merge-patch+json";

    /** What is deeper is refused: recursion must not be bounded by the stack. */
    private static final int MAX_DEPTH = 64;

    private MergePatch() {}

    /** A new tree; neither argument is changed. A patch that is not an object is refused: it would replace a whole aggregate. */
    public static JsonNode apply(JsonNode target, JsonNode patch) {
        if (!patch.isObject()) {
            throw MALFORMED.because("A merge patch is a JSON object").at("", "is not an object");
        }
        return merge(target, (ObjectNode) patch, 0);
    }

    /** What an edit asks for: what people may write of the present state, patched; 400 or 422 when that is no {@code T}. */
    public static <T> T apply(ObjectMapper json, T present, JsonNode patch, Class<T> type) {
        try {
            return json.treeToValue(apply(json.<JsonNode>valueToTree(present), patch), type);
        } catch (JsonProcessingException unreadable) {
            throw JsonFailures.problemOf(unreadable);
        }
    }

    private static JsonNode merge(JsonNode target, ObjectNode patch, int depth) {
        if (depth > MAX_DEPTH) {
            throw MALFORMED.because("The patch is nested deeper than " + MAX_DEPTH + " levels");
        }
        ObjectNode result =
                target.isObject() ? ((ObjectNode) target).deepCopy() : JsonNodeFactory.instance.objectNode();
        for (var field : patch.properties()) {
            var value = field.getValue();
            if (value.isNull()) {
                result.remove(field.getKey());
            } else if (value instanceof ObjectNode object) {
                result.set(field.getKey(), merge(result.path(field.getKey()), object, depth + 1));
            } else {
                result.set(field.getKey(), value.deepCopy());
            }
        }
        return result;
    }
}
