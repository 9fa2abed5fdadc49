package io.souk.kit.problem;

/** The refusals that every service shares. */
public enum KitProblem implements ProblemCode {
    MALFORMED(400, "malformed", "The request cannot be read"),
    IDEMPOTENCY_KEY_REQUIRED(400, "idempotency-key-required", "An Idempotency-Key header is required"),
    UNAUTHENTICATED(401, "unauthenticated", "A valid token is required"),
    FORBIDDEN(403, "forbidden", "The token does not allow this"),
    NOT_FOUND(404, "not-found", "There is no such thing"),
    METHOD_NOT_ALLOWED(405, "method-not-allowed", "The method is not allowed here"),
    NOT_ACCEPTABLE(406, "not-acceptable", "None of the accepted media types can be served"),
    CONFLICT(409, "conflict", "The request is at odds with the present state"),
    IDEMPOTENCY_IN_PROGRESS(409, "idempotency-in-progress", "A request with the same key is still running"),
    STALE_VERSION(412, "stale-version", "The thing has changed since it was read"),
    TOO_LARGE(413, "too-large", "The request is too large"),
    URI_TOO_LONG(414, "uri-too-long", "The address is too long"),
    UNSUPPORTED_MEDIA_TYPE(415, "unsupported-media-type", "The media type is not understood here"),
    INVALID(422, "invalid", "The request breaks a rule"),
    IDEMPOTENCY_KEY_REUSED(422, "idempotency-key-reused", "The key belongs to another request"),
    PRECONDITION_REQUIRED(428, "precondition-required", "An If-Match header is required"),
    TOO_MANY_REQUESTS(429, "too-many-requests", "Too many requests"),
    HEADERS_TOO_LARGE(431, "headers-too-large", "The header fields are too large"),
    INTERNAL(500, "internal", "Something went wrong on our side"),
    UNAVAILABLE(503, "unavailable", "The service cannot answer at present"),
    /** Not 503, which clients repeat by themselves. */
    OUTCOME_UNKNOWN(504, "outcome-unknown", "It is not known whether the change was made");

    private final int status;
    private final String slug;
    private final String title;

    KitProblem(int status, String slug, String title) {
        this.status = status;
        this.slug = slug;
        this.title = title;
    }

    @Override
    public int status() {
        return status;
    }

    @Override
    public String slug() {
        return slug;
    }

    @Override
    public String title() {
        return title;
    }
}
