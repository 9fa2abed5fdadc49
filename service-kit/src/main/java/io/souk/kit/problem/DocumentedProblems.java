package io.souk.kit.problem;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.Components;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.media.Content;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import static io.souk.kit.problem.KitProblem.FORBIDDEN;
import static io.souk.kit.problem.KitProblem.IDEMPOTENCY_IN_PROGRESS;
import static io.souk.kit.problem.KitProblem.INVALID;
import static io.souk.kit.problem.KitProblem.MALFORMED;
import static io.souk.kit.problem.KitProblem.NOT_FOUND;
import static io.souk.kit.problem.KitProblem.PRECONDITION_REQUIRED;
import static io.souk.kit.problem.KitProblem.STALE_VERSION;
import static io.souk.kit.problem.KitProblem.TOO_LARGE;
import static io.souk.kit.problem.KitProblem.UNAUTHENTICATED;
import static io.souk.kit.problem.KitProblem.UNAVAILABLE;
import static io.souk.kit.problem.KitProblem.UNSUPPORTED_MEDIA_TYPE;

/**
 * Says in the API document what every service does alike, so that no resource has to: how it refuses, and what the common
 * parameters mean. What an operation says itself stays.
 */
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD)
public class DocumentedProblems implements OASFilter {
    private static final String SCHEMA = "Problem";

    private static final Map<String, String> PARAMETERS = Map.of(
            "cursor",
            "`next` of the page before",
            "limit",
            "Items on a page, 1 to 200; 50 unless said",
            "id",
            "The thing's id, a UUID",
            "If-Match",
            "The version that was seen, in quotes, as from ETag",
            "If-None-Match",
            "ETags that the caller has; 304 when one is the present one",
            "Prefer",
            "`wait=N`: the answer may take up to N seconds, at most 30, until it is final",
            "Cache-Control",
            "`no-cache` asks the database",
            "Idempotency-Key",
            "Makes a repetition harmless: the same key and body get the first answer again, for 24 hours");

    /** What the generator says of a status unless somebody says more. */
    private static final Map<String, String> GENERATED =
            Map.of("400", "Bad Request", "401", "Not Authorized", "403", "Not Allowed");

    @Override
    public void filterOpenAPI(OpenAPI document) {
        if (document.getPaths() == null || document.getPaths().getPathItems() == null) {
            return;
        }
        if (document.getComponents() == null) {
            document.setComponents(OASFactory.createComponents());
        }
        var components = document.getComponents();
        components.addSchema(SCHEMA, schema());
        document.getPaths()
                .getPathItems()
                .forEach((path, item) ->
                        item.getOperations().values().forEach(operation -> complete(path, operation, components)));
    }

    private static void complete(String path, Operation operation, Components components) {
        var parameters = operation.getParameters() == null ? List.<Parameter>of() : operation.getParameters();
        parameters.forEach(DocumentedProblems::describe);
        if (operation.getResponses() == null) {
            operation.setResponses(OASFactory.createAPIResponses());
        }
        tellRoles(operation);
        var responses = operation.getResponses();
        GENERATED.forEach((status, description) -> {
            var response = responses.getAPIResponse(status);
            if (response != null && description.equals(response.getDescription())) {
                responses.removeAPIResponse(status);
            }
        });
        if (has(parameters, "If-None-Match") && has(parameters, "id") && !responses.hasAPIResponse("304")) {
            responses.addAPIResponse(
                    "304", OASFactory.createAPIResponse().description("If-None-Match names the present ETag"));
        }
        for (var problem : refusals(path, operation, parameters)) {
            var status = Integer.toString(problem.status());
            if (!responses.hasAPIResponse(status)) {
                responses.addAPIResponse(status, OASFactory.createAPIResponse().ref(shared(problem, components)));
            }
        }
        responses.getAPIResponses().forEach((status, response) -> {
            if (status.equals("201") && response.getDescription() == null) {
                response.setDescription("It is made; Location leads to it");
            }
            if (status.compareTo("400") >= 0 && response.getRef() == null && response.getContent() == null) {
                response.setContent(content());
            }
        });
    }

    /** The roles stand in a security requirement whose scheme nobody declares; the gateway's document declares the token. */
    private static void tellRoles(Operation operation) {
        if (operation.getSecurity() == null) {
            return;
        }
        var roles = operation.getSecurity().stream()
                .flatMap(requirement -> requirement.getSchemes().values().stream())
                .flatMap(List::stream)
                .collect(Collectors.joining(", "));
        var description = operation.getDescription() == null ? "" : operation.getDescription() + "\n\n";
        operation.setDescription(description + "Roles: " + roles + ".");
        operation.setSecurity(null);
    }

    private static void describe(Parameter parameter) {
        if (parameter.getDescription() == null && parameter.getName() != null) {
            parameter.setDescription(PARAMETERS.get(parameter.getName()));
        }
    }

    private static boolean has(List<Parameter> parameters, String name) {
        return parameters.stream().anyMatch(parameter -> name.equals(parameter.getName()));
    }

    /** Those that are the same whatever the operation does. */
    private static Set<KitProblem> refusals(String path, Operation operation, List<Parameter> parameters) {
        var problems = EnumSet.of(UNAUTHENTICATED, FORBIDDEN, UNAVAILABLE);
        if (path.contains("{")) {
            problems.add(NOT_FOUND);
        }
        boolean asks = parameters.stream().anyMatch(parameter -> parameter.getIn() == Parameter.In.QUERY);
        boolean brings = operation.getRequestBody() != null;
        if (asks || brings) {
            problems.addAll(List.of(MALFORMED, INVALID));
        }
        if (brings) {
            problems.addAll(List.of(TOO_LARGE, UNSUPPORTED_MEDIA_TYPE));
        }
        if (has(parameters, "Idempotency-Key")) {
            problems.add(IDEMPOTENCY_IN_PROGRESS);
        }
        if (has(parameters, "If-Match")) {
            problems.addAll(List.of(MALFORMED, STALE_VERSION, PRECONDITION_REQUIRED));
        }
        return problems;
    }

    private static String shared(KitProblem problem, Components components) {
        var name = name(problem);
        if (components.getResponses() == null || !components.getResponses().containsKey(name)) {
            components.addResponse(name, response(problem));
        }
        return name;
    }

    /** {@code STALE_VERSION} is {@code StaleVersion}. */
    private static String name(KitProblem problem) {
        var name = new StringBuilder();
        for (var word : problem.name().split("_", -1)) {
            name.append(word.charAt(0)).append(word.substring(1).toLowerCase(Locale.ROOT));
        }
        return name.toString();
    }

    private static APIResponse response(KitProblem problem) {
        var content = content();
        content.getMediaType(ProblemWriter.MEDIA_TYPE)
                .setExample(Map.of("type", problem.type(), "title", problem.title(), "status", problem.status()));
        return OASFactory.createAPIResponse().description(problem.title()).content(content);
    }

    private static Content content() {
        return OASFactory.createContent()
                .addMediaType(
                        ProblemWriter.MEDIA_TYPE,
                        OASFactory.createMediaType()
                                .schema(OASFactory.createSchema().ref(SCHEMA)));
    }

    private static Schema schema() {
        var error = object("What is wrong with one part of the request")
                .addProperty("pointer", text("JSON Pointer (RFC 6901) into the body"))
                .addProperty("parameter", text("Name of a path or query parameter, or of a header"))
                .addProperty("detail", text("What is wrong, for people"))
                .required(List.of("detail"));
        return object("Why the request was refused (RFC 9457); further members depend on the type")
                .addProperty("type", text("Stable; what a program looks at").format("uri"))
                .addProperty("title", text("The type in words"))
                .addProperty("status", typed(SchemaType.INTEGER, "The HTTP status"))
                .addProperty("detail", text("What happened this time, for people"))
                .addProperty("instance", text("The path that was asked for"))
                .addProperty("errors", typed(SchemaType.ARRAY, "At most 50").items(error))
                .addProperty("traceId", text("Of a 500: what to report"))
                .required(new ArrayList<>(List.of("type", "title", "status")));
    }

    private static Schema object(String description) {
        return typed(SchemaType.OBJECT, description);
    }

    private static Schema text(String description) {
        return typed(SchemaType.STRING, description);
    }

    private static Schema typed(SchemaType type, String description) {
        return OASFactory.createSchema().addType(type).description(description);
    }
}
