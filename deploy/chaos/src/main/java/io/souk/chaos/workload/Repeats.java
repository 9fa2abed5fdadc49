package io.souk.chaos.workload;

import io.souk.chaos.workload.Client.Answer;

import java.util.Random;
import java.util.function.Function;

/**
 * Sends what must have its effect once as somebody does who wants to have it done: again while nobody knows whether it was, now and
 * then twice at once from a second window, and now and then again though it was. Less and less often while nobody answers.
 */
final class Repeats {
    private static final int TRIES = 4;

    private final Client client;
    private final Client window;
    private final Random random;

    Repeats(Client client, Random random) {
        this.client = client;
        this.window = client.window();
        this.random = random;
    }

    /**
     * What it was answered in the end.
     *
     * @param send sends it as one of the two, with the same key each time
     */
    Answer of(Function<Client, Answer> send) {
        var answer = random.nextInt(8) == 0 ? twice(send) : send.apply(client);
        for (int i = 1; i < TRIES && !answer.isSettled(); i++) {
            Pause.after(i, random);
            answer = send.apply(client);
        }
        if (answer.ok() && random.nextInt(5) == 0) {
            var _ = send.apply(client);
        }
        return answer;
    }

    /** Whichever answer says more. */
    private Answer twice(Function<Client, Answer> send) {
        var second = new Answer[1];
        var thread = Thread.ofVirtual().start(() -> second[0] = send.apply(window));
        var first = send.apply(client);
        try {
            thread.join();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return first;
        }
        // The second window may have failed to send anything.
        return second[0] == null || first.ok() || (!first.isSettled() && !second[0].ok()) ? first : second[0];
    }
}
