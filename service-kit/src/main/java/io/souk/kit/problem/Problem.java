package io.souk.kit.problem;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A refusal on its way to the caller. Built where it is thrown and not shared; it carries no stack trace, because it
 * tells about the request and not about our code.
 */
public final class Problem extends RuntimeException {
    /** Errors beyond this many are not listed: a body of a megabyte may hold a hundred thousand of them. */
    public static final int MAX_ERRORS = 50;

    private final transient ProblemCode code;
    private final transient List<FieldError> errors = new ArrayList<>(2);
    private final transient Map<String, Object> members = new LinkedHashMap<>(4);
    private transient @Nullable Duration retryAfter;

    Problem(ProblemCode code, String detail) {
        super(detail, null, false, false);
        this.code = code;
    }

    /** Names a bad field of the body by its JSON Pointer, e.g. {@code /lines/0/quantity}. */
    public Problem at(String pointer, String detail) {
        return with(FieldError.at(pointer, detail));
    }

    /** Names a bad path or query parameter or header. */
    public Problem parameter(String name, String detail) {
        return with(FieldError.of(name, detail));
    }

    public Problem with(FieldError error) {
        if (errors.size() < MAX_ERRORS) {
            errors.add(error);
        }
        return this;
    }

    /** Adds an extension member; {@code value} must be serialisable as JSON. */
    public Problem with(String member, Object value) {
        members.put(member, value);
        return this;
    }

    /** Tells the caller when to come again: the Retry-After header, in whole seconds and at least one. */
    public Problem retryAfter(Duration wait) {
        retryAfter = wait;
        return this;
    }

    public ProblemCode code() {
        return code;
    }

    public int status() {
        return code.status();
    }

    public String detail() {
        return String.valueOf(getMessage());
    }

    public List<FieldError> errors() {
        return List.copyOf(errors);
    }

    public Map<String, Object> members() {
        return Map.copyOf(members);
    }

    public @Nullable Duration retryAfter() {
        return retryAfter;
    }
}
