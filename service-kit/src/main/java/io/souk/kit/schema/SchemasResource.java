package io.souk.kit.schema;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.souk.kit.http.SharedPaths;
import io.souk.kit.token.Roles;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;

import java.util.List;

import static io.souk.kit.problem.KitProblem.NOT_FOUND;

@Path("/v1")
@RolesAllowed({Roles.ADMIN, Roles.MERCHANT, Roles.READONLY, Roles.SERVICE})
@Tag(name = "Changes", description = "What has changed, as events, for whoever does not read Kafka")
public class SchemasResource {
    private static final String SCHEMA_JSON = "application/schema+json";

    private final EventSchemas schemas;
    private final AsyncApi asyncApi;
    private final SharedPaths paths;

    SchemasResource(EventSchemas schemas, AsyncApi asyncApi, SharedPaths paths) {
        this.schemas = schemas;
        this.asyncApi = asyncApi;
        this.paths = paths;
    }

    record SchemaList(List<SchemaLink> items) {}

    record SchemaLink(
            @Schema(examples = "souk.catalog.product.changed.v1")
            String type,

            String href) {}

    @GET
    @Path("schemas")
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "List the event types",
            description = "Of all that this service sends, with where their schemas are.")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = SchemaList.class)))
    public SchemaList list() {
        return new SchemaList(schemas.types().stream()
                .map(type -> new SchemaLink(type, paths.of("schemas") + "/" + type))
                .toList());
    }

    @GET
    @Path("schemas/{type}")
    @Produces({SCHEMA_JSON, MediaType.APPLICATION_JSON})
    @Operation(
            summary = "Read an event type's schema",
            description =
                    "JSON Schema 2020-12 of the event's data. Fields may be added to it; nothing else changes within a version.")
    @APIResponse(
            responseCode = "200",
            content = @Content(mediaType = SCHEMA_JSON, schema = @Schema(type = SchemaType.OBJECT)))
    public ObjectNode read(
            @Parameter(description = "As in the attribute `type`", example = "souk.catalog.product.changed.v1")
                    @RestPath
                    String type) {
        return schemas.find(type).orElseThrow(() -> NOT_FOUND.because("This service sends no such event"));
    }

    @GET
    @Path("asyncapi")
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Read the topics' description",
            description = "AsyncAPI 3.0: this service's topics in this installation, their keys, headers and events.")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(type = SchemaType.OBJECT)))
    public ObjectNode asyncApi() {
        return asyncApi.document();
    }
}
