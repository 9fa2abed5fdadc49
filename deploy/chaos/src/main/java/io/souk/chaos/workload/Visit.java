package io.souk.chaos.workload;

import io.souk.chaos.evidence.Fact.Outcome;
import io.souk.chaos.evidence.Lines;
import io.souk.chaos.evidence.Thing;
import io.souk.chaos.evidence.Trade;
import io.souk.chaos.workload.Client.Answer;
import io.souk.chaos.workload.Client.Ask;

import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * A customer who comes once, under a name of its own: what there is under that name is what this visit has made. In a second window
 * the same customer may send the same request at the same time.
 */
final class Visit {
    private static final int TRIES = 3;

    private final Client client;
    private final Client window;
    private final Random random;
    private final Lines history;

    /** @param clients makes one of a name */
    Visit(String name, Function<String, Client> clients, Random random, Lines history) {
        this.client = clients.apply(name);
        this.window = clients.apply(name);
        this.random = random;
        this.history = history;
    }

    Client client() {
        return client;
    }

    /**
     * What a request that makes one thing is answered. It is sent again while nobody knows whether it was done, now and then twice at
     * once, and now and then again though it was done.
     *
     * @param ask makes the request of its key
     */
    Answer once(String aggregate, Function<String, Ask> ask) {
        var key = UUID.randomUUID().toString();
        var request = ask.apply(key);
        var answer = random.nextInt(8) == 0 ? twice(aggregate, key, request) : send(client, aggregate, key, request);
        for (int i = 1; i < TRIES && answer.outcome() == Outcome.UNKNOWN; i++) {
            pause(random);
            answer = send(client, aggregate, key, request);
        }
        return answer.ok() && random.nextInt(5) == 0 ? send(client, aggregate, key, request) : answer;
    }

    /** Whichever answer says more. */
    private Answer twice(String aggregate, String key, Ask request) {
        var other = new Answer[1];
        var thread = Thread.ofVirtual().start(() -> other[0] = send(window, aggregate, key, request));
        var answer = send(client, aggregate, key, request);
        try {
            thread.join();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return answer;
        }
        return answer.ok() || answer.outcome() == Outcome.UNKNOWN ? answer : other[0];
    }

    private Answer send(Client by, String aggregate, String key, Ask request) {
        var answer = by.send(request, List.of(), (client, made) -> Sales.shown(client, made, aggregate));
        Sales.note(history, by, answer, aggregate);
        Thing made = answer.ok() ? by.thing(aggregate, answer.body().path("id").asText()) : null;
        history.add(new Trade.Asked(by.tenant(), by.name(), aggregate, key, answer.outcome(), made));
        return answer;
    }

    /** A customer looks, and thinks. */
    static void pause(Random random) {
        try {
            TimeUnit.MILLISECONDS.sleep(100 + random.nextInt(400));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
