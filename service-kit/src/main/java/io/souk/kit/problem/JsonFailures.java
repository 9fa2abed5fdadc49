package io.souk.kit.problem;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.InvalidDefinitionException;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

import static io.souk.kit.problem.KitProblem.INVALID;
import static io.souk.kit.problem.KitProblem.MALFORMED;

/** What Jackson could not read, in the caller's words: the field by JSON Pointer, and what belongs there. */
public final class JsonFailures {
    /** What the parser says may quote the input: enough to recognise the place. */
    private static final int MAX_DETAIL_CHARS = 200;

    private JsonFailures() {}

    public static Problem problemOf(JsonProcessingException failure) {
        return switch (failure) {
            case InvalidDefinitionException _ -> Problems.internal(); // a type that Jackson cannot handle is our fault
            case ValueInstantiationException refused -> ofConstructor(refused);
            case UnrecognizedPropertyException unknown ->
                malformed(pointer(unknown), "is not a field of this " + place(unknown));
            case MismatchedInputException mismatched -> malformed(pointer(mismatched), expectation(mismatched));
            case JsonMappingException wrapped -> ofWrapped(wrapped);
            default -> unreadable(failure);
        };
    }

    /** A domain type refused to be built: well-formed but invalid. */
    private static Problem ofConstructor(ValueInstantiationException failure) {
        return switch (failure.getCause()) {
            case Problem problem -> problem;
            case IllegalArgumentException refused ->
                INVALID.because("The request breaks a rule").at(pointer(failure), message(refused));
            case NullPointerException _ ->
                INVALID.because("The request breaks a rule").at(pointer(failure), "lacks a required field");
            case null, default -> malformed(pointer(failure), "cannot be read");
        };
    }

    private static Problem ofWrapped(JsonMappingException failure) {
        return switch (failure.getCause()) {
            case Problem problem -> problem;
            case InputCoercionException _ -> malformed(pointer(failure), "is a number out of range");
            case IllegalArgumentException refused ->
                INVALID.because("The request breaks a rule").at(pointer(failure), message(refused));
            case null, default -> malformed(pointer(failure), "cannot be read");
        };
    }

    private static Problem unreadable(JsonProcessingException failure) {
        var location = failure.getLocation();
        var where =
                location == null ? "" : " (line " + location.getLineNr() + ", column " + location.getColumnNr() + ")";
        return MALFORMED.because("The body is not valid JSON: " + bounded(failure.getOriginalMessage()) + where);
    }

    private static Problem malformed(String pointer, String detail) {
        return MALFORMED.because("The body does not have the expected shape").at(pointer, detail);
    }

    private static String place(JsonMappingException failure) {
        return failure.getPath().size() <= 1 ? "request" : "object";
    }

    private static String expectation(MismatchedInputException failure) {
        if (failure instanceof InvalidFormatException && failure.getTargetType() == String.class) {
            return bounded(failure.getOriginalMessage());
        }
        @Nullable Class<?> target = failure.getTargetType();
        var original = String.valueOf(failure.getOriginalMessage());
        if (original.contains("Duplicate field") || original.contains("Trailing token")) {
            return bounded(original);
        }
        if (target == null) {
            return "cannot be read";
        }
        if (original.startsWith("Cannot map `null`")) {
            return "must not be null";
        }
        return "must be " + name(target);
    }

    private static String name(Class<?> type) {
        if (type.isEnum()) {
            return "one of "
                    + Arrays.stream(type.getEnumConstants())
                            .map(String::valueOf)
                            .collect(Collectors.joining(", "));
        }
        if (type == String.class || type == Character.class) {
            return "a text";
        }
        if (type == boolean.class || type == Boolean.class) {
            return "true or false";
        }
        if (type == BigDecimal.class || type == double.class || type == Double.class || type == float.class) {
            return "a number";
        }
        if (type.isPrimitive() || type == BigInteger.class || Number.class.isAssignableFrom(type)) {
            return "a whole number within range";
        }
        if (type == UUID.class) {
            return "a UUID";
        }
        if (java.time.temporal.Temporal.class.isAssignableFrom(type)) {
            return "a moment such as 2026-01-31T12:00:00Z";
        }
        if (type.isArray() || Collection.class.isAssignableFrom(type)) {
            return "an array";
        }
        if (Map.class.isAssignableFrom(type) || type.isRecord()) {
            return "an object";
        }
        return "of another type";
    }

    /** RFC 6901. */
    static String pointer(JsonMappingException failure) {
        var pointer = new StringBuilder();
        for (var step : failure.getPath()) {
            pointer.append('/');
            if (step.getFieldName() == null) {
                pointer.append(step.getIndex());
            } else {
                pointer.append(bounded(step.getFieldName()).replace("~", "~0").replace("/", "~1"));
            }
        }
        return pointer.toString();
    }

    private static String message(Throwable refused) {
        @Nullable String message = refused.getMessage();
        return message == null ? "is not valid" : bounded(message);
    }

    private static String bounded(String text) {
        return text.length() <= MAX_DETAIL_CHARS ? text : text.substring(0, MAX_DETAIL_CHARS) + "...";
    }
}
