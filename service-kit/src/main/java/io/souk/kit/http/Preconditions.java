package io.souk.kit.http;

import io.souk.kit.problem.Problem;
import org.jspecify.annotations.Nullable;

import java.util.function.Supplier;

import static io.souk.kit.problem.KitProblem.MALFORMED;
import static io.souk.kit.problem.KitProblem.PRECONDITION_REQUIRED;
import static io.souk.kit.problem.KitProblem.STALE_VERSION;

/** Versions of aggregates as entity tags: version 12 is the tag {@code "12"}. */
public final class Preconditions {
    /** A header longer than this cannot be a list of tags that we gave out. */
    private static final int MAX_HEADER_CHARS = 4_096;

    private Preconditions() {}

    public static String etag(long version) {
        return "\"" + version + "\"";
    }

    /**
     * The version that the caller saw. 428 without the header, 400 for what is not exactly one strong tag made of a
     * positive number: {@code *} and lists would defeat the purpose.
     */
    public static long requireIfMatch(@Nullable String header) {
        if (header == null || header.isBlank()) {
            throw PRECONDITION_REQUIRED
                    .because("Send the version you have seen as If-Match, e.g. If-Match: \"12\"")
                    .parameter("If-Match", "is missing");
        }
        var tag = header.strip();
        var digits = tag.length() - 2;
        if (digits < 1 || digits > 18 || tag.charAt(0) != '"' || tag.charAt(tag.length() - 1) != '"') {
            throw badTag();
        }
        long version = 0;
        for (int i = 1; i <= digits; i++) {
            var c = tag.charAt(i);
            if (c < '0' || c > '9') {
                throw badTag();
            }
            version = version * 10 + (c - '0');
        }
        if (version == 0) {
            throw badTag();
        }
        return version;
    }

    /**
     * 412 with the present state as {@code current}, unless the thing is at the version that the caller saw.
     *
     * @param what names the thing in a sentence: "brand"
     */
    public static void requireVersion(long seen, long present, String what, Supplier<?> view) {
        if (present != seen) {
            throw STALE_VERSION
                    .because("The " + what + " is at version " + present)
                    .with("current", view.get());
        }
    }

    private static Problem badTag() {
        return MALFORMED
                .because("If-Match takes one version in quotes, e.g. If-Match: \"12\"")
                .parameter("If-Match", "is not a version in quotes");
    }

    /** True when {@code If-None-Match} names this tag or is {@code *}: the caller has it already, so answer 304. */
    public static boolean noneMatch(@Nullable String ifNoneMatch, String etag) {
        if (ifNoneMatch == null || ifNoneMatch.length() > MAX_HEADER_CHARS) {
            return false;
        }
        if (ifNoneMatch.equals(etag)) {
            return true;
        }
        for (var part : ifNoneMatch.split(",", -1)) {
            var tag = part.strip();
            if (tag.equals("*")
                    || tag.equals(etag)
                    || (tag.startsWith("W/") && tag.startsWith(etag, 2) && tag.length() == etag.length() + 2)) {
                return true;
            }
        }
        return false;
    }
}
