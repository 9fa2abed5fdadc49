package io.souk.bench.tap;

import io.vertx.core.buffer.Buffer;
import org.jspecify.annotations.Nullable;

/** Takes one direction of a PostgreSQL connection apart into its messages, however the bytes come. For one thread. */
final class PgMessages {
    /** The type that is told of a message without one: those with which a client begins. */
    static final char NO_TYPE = 0;

    private static final int LENGTH = 4;

    @FunctionalInterface
    interface Heard {
        /**
         * Told of each message in its turn.
         *
         * @param body without type and length; valid during the call
         */
        void message(char type, Buffer body);
    }

    private final Heard heard;
    private boolean typed;
    private boolean oneByte;
    private @Nullable Buffer rest;

    private PgMessages(boolean typed, Heard heard) {
        this.typed = typed;
        this.heard = heard;
    }

    static PgMessages ofClient(Heard heard) {
        return new PgMessages(false, heard);
    }

    static PgMessages ofServer(Heard heard) {
        return new PgMessages(true, heard);
    }

    /** From the next message on they have types; for a client that has told of its version. */
    void typed() {
        typed = true;
    }

    /** The next byte is a message by itself: the server's answer to a wish for encryption, which nobody need be told. */
    void oneByte() {
        oneByte = true;
    }

    void add(Buffer more) {
        var bytes = rest == null ? more : rest.appendBuffer(more);
        int at = 0;
        if (oneByte && bytes.length() > 0) {
            oneByte = false;
            at = 1;
        }
        while (true) {
            int head = typed ? 1 : 0;
            if (bytes.length() - at < head + LENGTH) {
                break;
            }
            int end = at + head + bytes.getInt(at + head);
            if (bytes.length() < end) {
                break;
            }
            heard.message(typed ? (char) bytes.getByte(at) : NO_TYPE, bytes.slice(at + head + LENGTH, end));
            at = end;
        }
        rest = at == bytes.length() ? null : bytes.getBuffer(at, bytes.length());
    }
}
