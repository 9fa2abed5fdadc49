package io.souk.kit.event;

/** What happened to an aggregate; {@code DELETED} is a marker record, kept in the log until the row is purged. */
public enum ChangeKind {
    CHANGED("changed"),
    DELETED("deleted");

    private final String word;

    ChangeKind(String word) {
        this.word = word;
    }

    /** The word in event types and in the outbox: {@code changed} or {@code deleted}. */
    public String word() {
        return word;
    }
}
