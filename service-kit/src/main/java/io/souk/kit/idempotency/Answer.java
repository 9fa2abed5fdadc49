package io.souk.kit.idempotency;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.NullNode;
import io.souk.kit.json.StrictJson;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a command answered, as it is stored and sent again.
 *
 * @param headers those that belong to the answer, such as Location and ETag
 * @param body JSON null for an answer without a body
 */
public record Answer(int status, Map<String, String> headers, JsonNode body) {
    static final String REPLAYED = "Idempotent-Replayed";

    private static final ObjectMapper JSON = StrictJson.mapper();

    public Answer {
        headers = Map.copyOf(headers);
    }

    public static Answer of(int status) {
        return new Answer(status, Map.of(), NullNode.getInstance());
    }

    /** A native image must know the body's type by another way: nothing declares that a resource answers it. */
    public static Answer of(int status, Object body) {
        return new Answer(status, Map.of(), JSON.valueToTree(body));
    }

    public Answer with(String header, String value) {
        var more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new Answer(status, more, body);
    }

    Answer replayed() {
        return with(REPLAYED, "true");
    }

    public Response toResponse() {
        var response = Response.status(status);
        headers.forEach(response::header);
        return body.isNull()
                ? response.build()
                : response.entity(body).type(MediaType.APPLICATION_JSON_TYPE).build();
    }
}
