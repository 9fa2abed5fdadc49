package io.souk.orders.peer;

/** Whom orders ask before they say yes. */
public enum Peer {
    CATALOGUE("catalogue"),
    INVENTORY("inventory");

    private final String word;

    Peer(String word) {
        this.word = word;
    }

    /** As messages and metrics name it. */
    String word() {
        return word;
    }
}
