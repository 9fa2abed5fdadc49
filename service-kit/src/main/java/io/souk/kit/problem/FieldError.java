package io.souk.kit.problem;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * What is wrong with one part of a request.
 *
 * @param pointer JSON Pointer (RFC 6901) into the body; empty for the whole body, absent for what is not in the body
 * @param parameter the name of a path or query parameter or of a header; absent for the body
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record FieldError(@Nullable String pointer, @Nullable String parameter, String detail) {

    public static FieldError at(String pointer, String detail) {
        return new FieldError(pointer, null, detail);
    }

    public static FieldError of(String parameter, String detail) {
        return new FieldError(null, parameter, detail);
    }
}
