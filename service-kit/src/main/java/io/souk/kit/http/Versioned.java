package io.souk.kit.http;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;

import java.net.URI;

/** Answers with one aggregate, each with the aggregate's version as {@code ETag}. */
public final class Versioned {
    private Versioned() {}

    /** 201; {@code path} leads to what was made. */
    public static Response created(String path, long version, Object view) {
        return Response.created(URI.create(path))
                .header(HttpHeaders.ETAG, Preconditions.etag(version))
                .entity(view)
                .build();
    }

    /** 200. */
    public static Response ok(long version, Object view) {
        return Response.ok(view)
                .header(HttpHeaders.ETAG, Preconditions.etag(version))
                .build();
    }

    /** 304 to a caller that has this version already, else 200. */
    public static Response ok(long version, Object view, @Nullable String ifNoneMatch) {
        var etag = Preconditions.etag(version);
        return Preconditions.noneMatch(ifNoneMatch, etag)
                ? Response.notModified().header(HttpHeaders.ETAG, etag).build()
                : ok(version, view);
    }
}
