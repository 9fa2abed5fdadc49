package io.souk.chaos.workload;

import io.souk.chaos.evidence.Deed;
import io.souk.chaos.evidence.Fact.Kind;
import io.souk.chaos.evidence.Lines;
import io.souk.chaos.evidence.Thing;
import io.souk.chaos.evidence.Trade.Move;
import io.souk.chaos.workload.Client.Answer;
import io.souk.chaos.workload.Client.Ask;
import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Random;
import java.util.UUID;

/** What may become of an order that was placed: its customer looks at it or cancels it, the shop's staff captures, refunds, cancels, sends. */
final class Till {
    private final Client staff;
    private final Moves moves;
    private final Repeats repeats;
    private final Random random;
    private final List<Door> doors;
    private final Lines history;

    Till(Client staff, Random random, List<Door> doors, Lines history) {
        this.staff = staff;
        this.moves = new Moves(staff, random, history);
        this.repeats = new Repeats(staff, random);
        this.random = random;
        this.doors = doors;
        this.history = history;
    }

    Answer look(Client customer, String order) {
        var thing = customer.thing(Thing.ORDER, order);
        var answer = customer.send(
                Ask.read(Kind.READ, "order", Door.any(doors, random), path(order, "")),
                List.of(thing),
                (_, read) -> Sales.read(read, thing));
        Sales.note(history, customer, answer, Thing.ORDER);
        return answer;
    }

    /** By the shop. */
    void cancel(String order) {
        cancel(staff, order);
    }

    void cancel(Client by, String order) {
        change(by, Deed.CANCEL, order);
    }

    /** The goods have arrived. */
    void deliver(String order) {
        change(staff, Deed.DELIVER, order);
    }

    /** A part, or all that is left. */
    Answer capture(String order) {
        return capture(order, random.nextBoolean() ? null : 1L + random.nextInt(500));
    }

    private Answer capture(String order, @Nullable Long cents) {
        return move(Move.CAPTURE, Deed.CAPTURE, order, cents);
    }

    /** A part, or all that is left. */
    void refund(String order) {
        move(Move.REFUND, Deed.REFUND, order, random.nextBoolean() ? null : 1L + random.nextInt(200));
    }

    /** The goods leave, once however often that is said. */
    void fulfil(String order) {
        var request = Ask.write(
                Deed.FULFIL,
                Door.any(doors, random),
                "POST",
                path(order, "/fulfilments"),
                "{\"carrier\": \"UPS\"}",
                "Idempotency-Key",
                UUID.randomUUID().toString());
        repeats.of(by -> send(by, request));
    }

    /** Both at once: the customer cancels, and the shop cancels too, takes the money, or sends the goods. */
    void race(Client customer, String order) {
        var other = Thread.ofVirtual().start(() -> cancel(customer, order));
        switch (random.nextInt(3)) {
            case 0 -> cancel(order);
            case 1 -> capture(order, null);
            default -> fulfil(order);
        }
        try {
            other.join();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void change(Client by, Deed deed, String order) {
        send(by, Ask.write(deed, Door.any(doors, random), "POST", path(order, "/" + deed.words()), null));
    }

    private Answer send(Client by, Ask request) {
        var answer = by.send(request, List.of(), (client, changed) -> Sales.shown(client, changed, Thing.ORDER));
        Sales.note(history, by, answer, Thing.ORDER);
        return answer;
    }

    private Answer move(Move move, Deed deed, String order, @Nullable Long cents) {
        var body = cents == null ? "{}" : "{\"amount\": {\"amount\": %d, \"currency\": \"USD\"}}".formatted(cents);
        var door = Door.any(doors, random);
        return moves.once(
                move,
                order,
                cents,
                key -> Ask.write(
                        deed,
                        door,
                        "POST",
                        path(order, "/payment/" + deed.words() + "s"),
                        body,
                        "Idempotency-Key",
                        key));
    }

    private static String path(String order, String what) {
        return "/v1/orders/" + order + what;
    }
}
