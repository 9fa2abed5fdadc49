package io.souk.kit.outbox;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import io.souk.kit.http.AggregateVersions;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem.HttpMethod;
import org.eclipse.microprofile.openapi.models.headers.Header;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;

import java.util.EnumSet;
import java.util.Set;

/** Says in the API document that the answer to a write names what it changed. */
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD)
public class DocumentedVersions implements OASFilter {
    private static final Set<HttpMethod> WRITES =
            EnumSet.of(HttpMethod.POST, HttpMethod.PUT, HttpMethod.PATCH, HttpMethod.DELETE);

    @Override
    public void filterOpenAPI(OpenAPI document) {
        if (document.getPaths() == null || document.getPaths().getPathItems() == null) {
            return;
        }
        var writes = document.getPaths().getPathItems().values().stream()
                .flatMap(item -> item.getOperations().entrySet().stream())
                .filter(operation -> WRITES.contains(operation.getKey()))
                .toList();
        if (!writes.isEmpty()) {
            if (document.getComponents() == null) {
                document.setComponents(OASFactory.createComponents());
            }
            document.getComponents().addHeader(AggregateVersions.VERSION, versions());
            writes.forEach(write -> tell(write.getValue()));
        }
    }

    private static void tell(Operation write) {
        if (write.getResponses() == null) {
            return;
        }
        write.getResponses().getAPIResponses().forEach((status, response) -> {
            if (status.startsWith("2") && response.getRef() == null) {
                response.addHeader(
                        AggregateVersions.VERSION, OASFactory.createHeader().ref(AggregateVersions.VERSION));
            }
        });
    }

    private static Header versions() {
        return OASFactory.createHeader()
                .description("What the request changed, at most " + AggregateVersions.MAX_ENTRIES
                        + " aggregates, as aggregate/id=version (epoch.version once the service's database was restored);"
                        + " absent when nothing changed. What this service reads of its own has it already. Sent as "
                        + AggregateVersions.MIN_VERSION
                        + " to the catalogue's cards (product, price, availability, and the"
                        + " inventory's stock) or to search (product, price, availability), the answer is at least as new or it"
                        + " is 503; other reads pass the header over.")
                .schema(OASFactory.createSchema().addType(SchemaType.STRING))
                .example("product/0198c5d2-7f3e-7c1a-9b2d-4e5f60718293=12");
    }
}
