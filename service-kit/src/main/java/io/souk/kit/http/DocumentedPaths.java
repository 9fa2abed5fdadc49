package io.souk.kit.http;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import org.eclipse.microprofile.config.ConfigProvider;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;

/** Names the shared paths in the API document as they are right everywhere, also in a gateway's document of all services. */
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD)
public class DocumentedPaths implements OASFilter {
    @Override
    public void filterOpenAPI(OpenAPI document) {
        if (document.getPaths() == null || document.getPaths().getPathItems() == null) {
            return;
        }
        var shared = new SharedPaths(ConfigProvider.getConfig().getValue("souk.service", String.class));
        var paths = OASFactory.createPaths();
        document.getPaths().getPathItems().forEach((path, item) -> paths.addPathItem(whole(shared, path), item));
        document.setPaths(paths);
    }

    private static String whole(SharedPaths shared, String path) {
        for (var name : SharedPaths.NAMES) {
            var start = "/v1/" + name;
            if (path.equals(start) || path.startsWith(start + "/")) {
                return shared.of(name) + path.substring(start.length());
            }
        }
        return path;
    }
}
