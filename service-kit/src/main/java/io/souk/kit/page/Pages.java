package io.souk.kit.page;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Link;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriBuilder;
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
            response.header(HttpHeaders.LINK, next(next, uri));
        }
        return response.build();
    }

    /** The link to the next page, without scheme and host: behind a gateway we do not know them. */
    public static Link next(String cursor, UriInfo uri) {
        return next(uri.getRequestUriBuilder().replaceQueryParam("cursor", cursor));
    }

    /** As {@link #next(String, UriInfo)}, of an address that has the cursor under whatever name. */
    public static Link next(UriBuilder address) {
        var next = address.build();
        return Link.fromUri(next.getRawPath() + "?" + next.getRawQuery())
                .rel("next")
                .build();
    }
}
