package io.souk.kit.problem;

/** One way of refusing. Slugs are public: added, never renamed; each has an entry in docs/errors.md. */
public interface ProblemCode {
    String TYPE_PREFIX = "https://souk.example/problems/";

    int status();

    String slug();

    String title();

    default String type() {
        return TYPE_PREFIX + slug();
    }

    /** The refusal, ready to be thrown; {@code detail} is read by the caller's developer and must not tell secrets. */
    default Problem because(String detail) {
        return new Problem(this, detail);
    }
}
