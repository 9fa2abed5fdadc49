package io.souk.kit.page;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Link;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import org.jspecify.annotations.Nullable;

/** Pages as HTTP answers. */
public final class Pages {
    private Pages() {}

    /** 200 with the page and, unless it is the last one, {@code Link: <...?cursor=...>; rel="next"} as a relative reference. */
    public static Response respond(Page<?> page, UriInfo uri) {
        return respond(page, page.next(), uri);
    }

    /** As {@link #respond(Page, UriInfo)}, for a page that tells more than items and next. */
    public static Response respond(Object page, @Nullable String next, UriInfo uri) {
        var response = Response.ok(page);
        if (next != null) {
            var link =
                    uri.getRequestUriBuilder().replaceQueryParam("cursor", next).build();
            response.header(
                    HttpHeaders.LINK, Link.fromUri(relative(link)).rel("next").build());
        }
        return response.build();
    }

    /** Without scheme and host: behind a gateway we do not know them. */
    private static String relative(java.net.URI uri) {
        return uri.getRawPath() + "?" + uri.getRawQuery();
    }
}
