package io.souk.kit.redis;

import io.vertx.core.buffer.Buffer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ReplyParserTest {
    /** One of each: status, error, numbers, strings (empty, nil, with line ends), arrays (empty, nil, nested). */
    private static final String CONVERSATION = String.join(
            "\r\n",
            "+OK",
            "-NOSCRIPT No matching script",
            ":0",
            ":-42",
            "$5",
            "he\r\no",
            "$0",
            "",
            "$-1",
            "*0",
            "*-1",
            "*3",
            "$1",
            "a",
            "$-1",
            "*2",
            ":7",
            "-ERR inside",
            ":999999999999999999",
            "");

    private static final List<String> MEANT = List.of(
            "+OK",
            "-NOSCRIPT No matching script",
            ":0",
            ":-42",
            "$he\r\no",
            "$",
            "nil",
            "[]",
            "nil",
            "[$a, nil, [:7, -ERR inside]]",
            ":999999999999999999");

    @Test
    void givenOneChunk_thenEveryReplyIsRead() {
        assertThat(read(List.of(CONVERSATION))).isEqualTo(MEANT);
    }

    @Test
    void givenAConversationCutAnywhere_thenTheRepliesAreTheSame() {
        for (int cut = 1; cut < CONVERSATION.length(); cut++) {
            assertThat(read(List.of(CONVERSATION.substring(0, cut), CONVERSATION.substring(cut))))
                    .as("cut at %d", cut)
                    .isEqualTo(MEANT);
        }
    }

    @Test
    void givenChunksOfAnySize_thenTheRepliesAreTheSame() {
        var random = new Random(20260101);
        for (int round = 0; round < 500; round++) {
            var chunks = new ArrayList<String>();
            for (int from = 0; from < CONVERSATION.length(); ) {
                int to = Math.min(CONVERSATION.length(), from + 1 + random.nextInt(9));
                chunks.add(CONVERSATION.substring(from, to));
                from = to;
            }
            assertThat(read(chunks)).as("round %d", round).isEqualTo(MEANT);
        }
    }

    @Test
    void givenLaterChunks_thenEarlierRepliesStayAsTheyWere() {
        var replies = new ArrayList<@Nullable Reply>();
        var parser = new ReplyParser(replies::add);

        parser.received(Buffer.buffer("$3\r\none\r\n$3\r\nt"));
        parser.received(Buffer.buffer("wo\r\n$5\r\nth"));
        parser.received(Buffer.buffer("ree\r\n"));

        assertThat(replies.stream().map(ReplyParserTest::text)).containsExactly("$one", "$two", "$three");
    }

    @Test
    void givenWhatRedisNeverSays_thenTheConnectionIsOfNoUse() {
        for (var garbage : List.of(
                "HTTP/1.1 400\r\n",
                "$-2\r\n",
                "$99999999999\r\n",
                "*-7\r\n",
                ":1x\r\n",
                ":\r\n",
                "$\r\n",
                "*1\r\n".repeat(20),
                ":99999999999999999999\r\n")) {
            assertThatThrownBy(() -> read(List.of(garbage))).as(garbage).isInstanceOf(IllegalStateException.class);
        }
    }

    private static List<String> read(List<String> chunks) {
        var replies = new ArrayList<String>();
        var parser = new ReplyParser(reply -> replies.add(text(reply)));
        chunks.forEach(chunk -> parser.received(Buffer.buffer(chunk)));
        return replies;
    }

    private static String text(@Nullable Reply reply) {
        return switch (reply) {
            case null -> "nil";
            case Reply.Bulk bulk -> "$" + bulk.text();
            case Reply.Status(var text) -> "+" + text;
            case Reply.Whole(long value) -> ":" + value;
            case Reply.Failed(var error) -> "-" + error.getMessage();
            case Reply.Many(var items) ->
                items.stream().map(ReplyParserTest::text).toList().toString();
        };
    }
}
