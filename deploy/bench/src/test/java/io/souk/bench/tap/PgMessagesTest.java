package io.souk.bench.tap;

import io.vertx.core.buffer.Buffer;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class PgMessagesTest {
    private final List<String> heard = new ArrayList<>();

    @Test
    void givenAClientsBytes_whenTheyComeInAnyPieces_thenEachMessageIsHeardOnce() {
        var bytes = untyped("hello").appendBuffer(typed('B', "bind")).appendBuffer(typed('S', ""));

        for (int piece = 1; piece <= bytes.length(); piece++) {
            heard.clear();
            var messages = client();
            for (int at = 0; at < bytes.length(); at += piece) {
                messages.add(bytes.getBuffer(at, Math.min(bytes.length(), at + piece)));
            }

            assertThat(heard).as("pieces of %d", piece).containsExactly("0 hello", "B bind", "S ");
        }
    }

    @Test
    void givenAnAnswerOfOneByte_whenItComes_thenWhatFollowsIsUnderstood() {
        var messages = PgMessages.ofServer((type, body) -> heard.add(type + " " + body));

        messages.oneByte();
        messages.add(Buffer.buffer("N"));
        messages.add(typed('C', "COMMIT"));

        assertThat(heard).containsExactly("C COMMIT");
    }

    private PgMessages client() {
        var holder = new PgMessages[1];
        holder[0] = PgMessages.ofClient((type, body) -> {
            if (type == PgMessages.NO_TYPE) {
                holder[0].typed();
                heard.add("0 " + body);
            } else {
                heard.add(type + " " + body);
            }
        });
        return holder[0];
    }

    private static Buffer untyped(String body) {
        return Buffer.buffer().appendInt(4 + body.length()).appendString(body);
    }

    private static Buffer typed(char type, String body) {
        return Buffer.buffer().appendByte((byte) type).appendBuffer(untyped(body));
    }
}
