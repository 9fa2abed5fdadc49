package io.souk.kit.http;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.container.ContainerRequestContext;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

import java.util.List;

/**
 * Paths that every service has, such as {@code /v1/changes}. Behind a gateway, where the path alone says which service is
 * meant, the service's name follows: {@code /v1/changes/catalog}. A service takes both.
 */
@ApplicationScoped
public class SharedPaths {
    static final List<String> NAMES = List.of("asyncapi", "changes", "schemas");

    private static final String ROOT = "/v1/";

    private final String service;

    SharedPaths(@ConfigProperty(name = "souk.service") String service) {
        this.service = service;
    }

    /** The path that is right everywhere. */
    public String of(String name) {
        return ROOT + name + "/" + service;
    }

    /** {@code /v1/changes/catalog} becomes {@code /v1/changes}; another service's name stays, and leads nowhere. */
    @ServerRequestFilter(preMatching = true)
    public void shorten(ContainerRequestContext request) {
        if (!request.getUriInfo().getPath().contains(service)) {
            return; // every request comes by here, and the URI is parsed for each who asks for it
        }
        var path = request.getUriInfo().getRequestUri().getRawPath();
        for (var name : NAMES) {
            var whole = of(name);
            if (path.equals(whole) || path.startsWith(whole + "/")) {
                request.setRequestUri(request.getUriInfo()
                        .getRequestUriBuilder()
                        .replacePath(ROOT + name + path.substring(whole.length()))
                        .build());
                return;
            }
        }
    }
}
