package io.souk.chaos.workload;

import io.souk.chaos.evidence.Lines;
import io.souk.chaos.evidence.Trade.Move;
import io.souk.chaos.evidence.Trade.MoveAsked;
import io.souk.chaos.evidence.Trade.Moved;
import io.souk.chaos.workload.Client.Answer;
import io.souk.chaos.workload.Client.Ask;
import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.function.Function;

/** Moves money and goods for a tenant's staff: each move with a key of its own, which is sent more than once. */
final class Moves {
    private final Repeats repeats;
    private final Lines history;

    Moves(Client staff, Random random, Lines history) {
        this.repeats = new Repeats(staff, random);
        this.history = history;
    }

    /**
     * What the move was answered.
     *
     * @param of the order whose money it is, or the SKU that comes in
     * @param quantity null for all that there is
     * @param ask makes the request of its key
     */
    Answer once(Move move, String of, @Nullable Long quantity, Function<String, Ask> ask) {
        var key = UUID.randomUUID().toString();
        var request = ask.apply(key);
        return repeats.of(by -> {
            var answer = by.send(request, List.of(), Sales::written);
            history.add(new MoveAsked(by.tenant(), move, of, key, quantity, answer.outcome(), moved(move, answer)));
            return answer;
        });
    }

    private static @Nullable Moved moved(Move move, Answer answer) {
        if (!answer.ok()) {
            return null;
        }
        var body = answer.body();
        return new Moved(
                body.path("id").asText(),
                switch (move) {
                    case CAPTURE, REFUND -> body.path("amount").path("amount").asLong();
                    case RECEIPT ->
                        body.path("lines")
                                .valueStream()
                                .mapToLong(line -> line.path("quantity").asLong())
                                .sum();
                });
    }
}
