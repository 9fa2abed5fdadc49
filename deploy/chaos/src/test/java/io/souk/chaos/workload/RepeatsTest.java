package io.souk.chaos.workload;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.souk.chaos.evidence.Lines;
import io.souk.chaos.workload.Client.Answer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;

class RepeatsTest {
    private static final Answer DONE = new Answer(1, 201, json("{\"id\": \"one\"}"), null);
    private static final Answer REFUSED = new Answer(2, 422, json("{\"type\": \"https://example/invalid\"}"), null);
    private static final Answer SILENT = new Answer(3, 0, MissingNode.getInstance(), null);
    private static final Answer AWAY = new Answer(4, 503, MissingNode.getInstance(), null);
    private static final Answer UNDER_WAY =
            new Answer(5, 409, json("{\"type\": \"https://example/idempotency-in-progress\"}"), null);

    /** Never twice at once, and never again what was done. */
    private static final Random ONE_BY_ONE = scripted(1);

    /** Both. */
    private static final Random IMPATIENT = scripted(0);

    @TempDir
    Path folder;

    @Test
    void givenSomebodyWhoIsAnswered_whenSent_thenOnce() {
        var sent = new ArrayList<Answer>();

        assertThat(send(ONE_BY_ONE, sent, DONE, SILENT)).isEqualTo(DONE);
        assertThat(sent).containsExactly(DONE);
        sent.clear();
        assertThat(send(ONE_BY_ONE, sent, REFUSED, SILENT)).isEqualTo(REFUSED);
        assertThat(sent).containsExactly(REFUSED);
    }

    @Test
    void givenSomebodyWhoIsNotAnswered_whenSent_thenAgainUntilTheyAre() {
        var sent = new ArrayList<Answer>();

        assertThat(send(ONE_BY_ONE, sent, SILENT, UNDER_WAY, DONE)).isEqualTo(DONE);
        assertThat(sent).containsExactly(SILENT, UNDER_WAY, DONE);
    }

    @Test
    void givenNobodyWhoAnswers_whenSent_thenNotForEver() {
        var sent = new ArrayList<Answer>();

        assertThat(send(ONE_BY_ONE, sent, SILENT, AWAY, SILENT, AWAY, DONE)).isEqualTo(AWAY);
        assertThat(sent).hasSize(4);
    }

    @Test
    void givenSomebodyWhoIsImpatient_whenSent_thenTwiceAtOnceByTwoWindowsAndAgainThoughDone() {
        var sent = Collections.synchronizedList(new ArrayList<Answer>());
        var windows = Collections.synchronizedSet(new HashSet<Client>());

        assertThat(send(IMPATIENT, sent, windows, UNDER_WAY, DONE, DONE)).isEqualTo(DONE);
        assertThat(sent).hasSize(3);
        assertThat(windows).hasSize(2);
    }

    private Answer send(Random random, List<Answer> sent, Answer... answers) {
        return send(random, sent, new HashSet<>(), answers);
    }

    private Answer send(Random random, List<Answer> sent, Set<Client> windows, Answer... answers) {
        Deque<Answer> script = new ArrayDeque<>(List.of(answers));
        try (var history = Lines.writing(folder.resolve("history.jsonl"))) {
            var client = new Client("somebody", "amber", "token", false, Set.of("amber"), history);
            return new Repeats(client, random).of(by -> {
                synchronized (script) {
                    windows.add(by);
                    sent.add(script.peek());
                    return script.remove();
                }
            });
        }
    }

    /** Draws the same number always. */
    private static Random scripted(int number) {
        return new Random() {
            @Override
            public int nextInt(int bound) {
                return Math.min(number, bound - 1);
            }
        };
    }

    private static JsonNode json(String text) {
        try {
            return new ObjectMapper().readTree(text);
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
