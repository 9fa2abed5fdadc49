package io.souk.testing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;

/** An OpenAPI document as a client's developer reads it: what is missing to use it without asking anybody. */
public final class ApiDocument {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** A path says more beside them, such as its parameters. */
    private static final Set<String> METHODS = Set.of("get", "put", "post", "patch", "delete");

    private final JsonNode document;
    private final Set<String> tags = new HashSet<>();
    private final List<String> faults = new ArrayList<>();

    private ApiDocument(JsonNode document) {
        this.document = document;
    }

    public static ApiDocument of(String json) {
        try {
            return new ApiDocument(JSON.readTree(json));
        } catch (JsonProcessingException unreadable) {
            throw new IllegalArgumentException(json, unreadable);
        }
    }

    /** Each method of each path, as {@code GET /v1/things}. */
    public Set<String> operations() {
        return document.path("paths").properties().stream()
                .flatMap(path -> path.getValue().properties().stream()
                        .map(Map.Entry::getKey)
                        .filter(METHODS::contains)
                        .map(method -> method.toUpperCase(Locale.ROOT) + " " + path.getKey()))
                .collect(Collectors.toSet());
    }

    /** The body that the document shows for an operation: as a whole, or made of what its fields show. */
    public String example(String method, String path) {
        var body = document.path("paths").path(path).path(method).path("requestBody");
        var content = body.path("content").iterator().next();
        var schema = resolve(content.path("schema"));
        var whole = List.of(
                content.path("example"),
                content.path("examples").path(0),
                content.at("/examples").findPath("value"),
                schema.path("example"),
                schema.path("examples").path(0));
        for (var example : whole) {
            if (!example.isMissingNode()) {
                return text(example);
            }
        }
        var made = JSON.createObjectNode();
        for (var property : schema.path("properties").properties()) {
            var example = property.getValue().path("examples").path(0);
            if (!example.isMissingNode()) {
                made.set(property.getKey(), example);
            }
        }
        return made.toString();
    }

    /** A JSON document, or a text that is one already. */
    private static String text(JsonNode example) {
        return example.isTextual() ? example.asText() : example.toString();
    }

    /** What an operation may be asked for in its address. */
    public record QueryParameter(String method, String path, String name) {
        /** Of something or other, where the path names one. */
        public String address() {
            return path.replaceAll("\\{[^}]*}", "0198c5a0-0000-7000-8000-000000000000");
        }
    }

    /** Of all operations. */
    public List<QueryParameter> queryParameters() {
        return document.path("paths").properties().stream()
                .flatMap(path -> path.getValue().properties().stream()
                        .flatMap(operation -> operation
                                .getValue()
                                .path("parameters")
                                .valueStream()
                                .map(this::resolve)
                                .filter(parameter ->
                                        parameter.path("in").asText().equals("query"))
                                .map(parameter -> new QueryParameter(
                                        operation.getKey(),
                                        path.getKey(),
                                        parameter.path("name").asText()))))
                .toList();
    }

    /** A client asks an operation, and says that in the parameter. */
    @FunctionalInterface
    public interface Ask {
        Answer ask(QueryParameter parameter, String said);
    }

    /** What came back. */
    public record Answer(int status, String contentType, String body) {}

    /**
     * A parameter that says nothing is refused by name: taken for a missing one, as the framework does, a filter would let
     * everything through.
     *
     * @param mayBeEmpty parameters that mean something then, and are answered
     */
    public void assertRefusesEmptyParameters(Set<String> mayBeEmpty, Ask client) {
        assertThat(queryParameters()).isNotEmpty().allSatisfy(parameter -> {
            for (var nothing : List.of("", " ")) {
                var answer = client.ask(parameter, nothing);
                if (mayBeEmpty.contains(parameter.name())) {
                    assertThat(answer.status()).isEqualTo(200);
                } else {
                    assertThat(answer.status()).isEqualTo(400);
                    assertThat(answer.contentType()).startsWith("application/problem+json");
                    assertThat(JSON.readTree(answer.body()).path("errors"))
                            .singleElement()
                            .satisfies(error -> {
                                assertThat(error.path("parameter").asText()).isEqualTo(parameter.name());
                                assertThat(error.path("detail").asText()).isEqualTo("is empty");
                            });
                }
            }
        });
    }

    /** What is missing, in words; empty for a good document. */
    public List<String> faults() {
        faults.clear();
        for (var field : List.of("title", "description", "version")) {
            want(document.path("info"), field, "the document");
        }
        for (var tag : document.path("tags")) {
            tags.add(tag.path("name").asText());
            want(tag, "description", "the tag " + tag.path("name").asText());
        }
        for (var path : document.path("paths").properties()) {
            for (var operation : path.getValue().properties()) {
                check(path.getKey(), operation.getKey() + " " + path.getKey(), operation.getValue());
            }
        }
        if (document.path("paths").isEmpty()) {
            faults.add("there are no paths");
        }
        return faults;
    }

    private void check(String path, String name, JsonNode operation) {
        want(operation, "summary", name);
        want(operation, "operationId", name);
        if (operation.path("tags").isEmpty()) {
            faults.add(name + " has no tag");
        }
        for (var tag : operation.path("tags")) {
            if (!tags.contains(tag.asText())) {
                faults.add(name + " has the tag " + tag.asText() + ", which nobody describes");
            }
        }
        for (var requirement : operation.path("security")) {
            requirement
                    .fieldNames()
                    .forEachRemaining(scheme ->
                            want(document.path("components").path("securitySchemes"), scheme, name + ", security"));
        }
        var wanted = new HashSet<>(List.of("401", "403", "503"));
        if (path.contains("{")) {
            wanted.add("404");
        }
        for (var parameter : operation.path("parameters")) {
            want(parameter, "description", name + ", " + parameter.path("name").asText());
            if (parameter.path("name").asText().equals("If-Match")) {
                wanted.addAll(List.of("400", "412", "428"));
            }
        }
        if (operation.has("requestBody")) {
            wanted.addAll(List.of("400", "413", "422"));
            checkRequest(name, operation.path("requestBody"));
        }
        checkResponses(name, operation.path("responses"), wanted);
    }

    private void checkRequest(String name, JsonNode body) {
        for (var media : body.path("content").properties()) {
            var content = media.getValue();
            if (!hasExample(content) && !hasExample(resolve(content.path("schema")))) {
                faults.add(name + " shows no example of its " + media.getKey());
            }
        }
    }

    /** Of the whole, or of each field that must be there. */
    private static boolean hasExample(JsonNode node) {
        if (node.has("example") || !node.path("examples").isEmpty()) {
            return true;
        }
        var required = node.path("required");
        return !required.isEmpty()
                && required.valueStream()
                        .allMatch(name -> hasExample(node.path("properties").path(name.asText())));
    }

    private void checkResponses(String name, JsonNode responses, Set<String> wanted) {
        wanted.stream()
                .filter(status -> !responses.has(status))
                .sorted()
                .forEach(status -> faults.add(name + " does not tell of " + status));
        boolean succeeds = false;
        for (var entry : responses.properties()) {
            var status = entry.getKey();
            var response = resolve(entry.getValue());
            want(response, "description", name + ", " + status);
            succeeds |= status.startsWith("2");
            if (status.startsWith("4") || status.startsWith("5")) {
                want(response.path("content"), "application/problem+json", name + ", " + status);
            }
            if (status.startsWith("2") && !name.startsWith("get ")) {
                want(response.path("headers"), "Souk-Version", name + ", " + status);
            }
            if (status.startsWith("2") && !status.equals("204") && !hasSchema(response)) {
                faults.add(name + ", " + status + " does not say what comes");
            }
        }
        if (!succeeds) {
            faults.add(name + " never succeeds");
        }
    }

    private boolean hasSchema(JsonNode response) {
        return response.path("content").properties().stream()
                .anyMatch(media -> !resolve(media.getValue().path("schema")).isEmpty());
    }

    private JsonNode resolve(JsonNode node) {
        return node.has("$ref") ? document.at(node.path("$ref").asText().substring(1)) : node;
    }

    private void want(JsonNode node, String field, String where) {
        var value = node.path(field);
        if (value.isMissingNode() || (value.isTextual() && value.asText().isBlank())) {
            faults.add(where + " has no " + field);
        }
    }
}
