package io.souk.chaos.workload;

import io.souk.chaos.evidence.Lines;
import io.souk.chaos.evidence.Thing;
import io.souk.chaos.evidence.Trade;
import io.souk.chaos.workload.Client.Answer;
import io.souk.chaos.workload.Client.Ask;

import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.function.Function;

/**
 * A customer who comes once, under a name of its own: what there is under that name is what this visit has made. In a second window
 * the same customer may send the same request at the same time.
 */
final class Visit {
    private final Client client;
    private final Repeats repeats;
    private final Lines history;

    /** @param clients makes one of a name */
    Visit(String name, Function<String, Client> clients, Random random, Lines history) {
        this.client = clients.apply(name);
        this.repeats = new Repeats(client, random);
        this.history = history;
    }

    Client client() {
        return client;
    }

    /**
     * What a request that makes one thing is answered.
     *
     * @param ask makes the request of its key
     */
    Answer once(String aggregate, Function<String, Ask> ask) {
        var key = UUID.randomUUID().toString();
        var request = ask.apply(key);
        return repeats.of(by -> send(by, aggregate, key, request));
    }

    private Answer send(Client by, String aggregate, String key, Ask request) {
        var answer = by.send(request, List.of(), (client, made) -> Sales.shown(client, made, aggregate));
        Sales.note(history, by, answer, aggregate);
        Thing made = answer.ok() ? by.thing(aggregate, answer.body().path("id").asText()) : null;
        history.add(new Trade.Asked(by.tenant(), by.name(), aggregate, key, answer.outcome(), made));
        return answer;
    }
}
