package io.souk.chaos.workload;

import io.souk.chaos.evidence.Fact.Kind;
import io.souk.chaos.evidence.Lines;
import io.souk.chaos.evidence.Thing;
import io.souk.chaos.workload.Client.Answer;
import io.souk.chaos.workload.Client.Ask;

import java.util.List;
import java.util.Random;
import java.util.UUID;

/** What becomes of an order that was placed: its customer looks at it or cancels it, the shop's staff captures, refunds, cancels, sends. */
final class Till {
    private static final int LOOKS = 6;
    private static final int TRIES = 3;
    private static final List<String> UNDER_WAY = List.of("PLACED", "RESERVED", "AUTHORISED");

    private final Client staff;
    private final Random random;
    private final List<Door> doors;
    private final Lines history;

    Till(Client staff, Random random, List<Door> doors, Lines history) {
        this.staff = staff;
        this.random = random;
        this.doors = doors;
        this.history = history;
    }

    /** @param order its id */
    void follow(Client customer, String order) {
        switch (random.nextInt(10)) {
            case 0 -> cancel(customer, order);
            case 1 -> race(customer, order);
            case 2 -> look(customer, order); // and goes
            default -> {
                if (outcome(customer, order).equals("CONFIRMED")) {
                    serve(customer, order);
                }
            }
        }
    }

    /** What it came to, as far as the customer waits for it. */
    private String outcome(Client customer, String order) {
        var status = "PLACED";
        for (int i = 0; i < LOOKS && UNDER_WAY.contains(status); i++) {
            Visit.pause(random);
            status = look(customer, order).body().path("status").asText(status);
        }
        return status;
    }

    private void serve(Client customer, String order) {
        switch (random.nextInt(10)) {
            case 0 -> cancel(customer, order);
            case 1 -> race(customer, order);
            case 2, 3, 4 -> capture(customer, order);
            case 5, 6, 7 -> send(customer, order);
            default -> {}
        }
    }

    private void capture(Client customer, String order) {
        if (!move(order, "captures", random.nextBoolean() ? "{}" : cents(1 + random.nextInt(500)))
                .ok()) {
            return;
        }
        switch (random.nextInt(5)) {
            case 0, 1 -> {
                Visit.pause(random);
                move(order, "refunds", random.nextBoolean() ? "{}" : cents(1 + random.nextInt(200)));
            }
            case 2 -> cancel(staff, order);
            case 3 -> cancel(customer, order);
            default -> move(order, "captures", "{}");
        }
    }

    /** The goods leave, once however often that is said, and mostly arrive; what was paid may go back all the same. */
    private void send(Client customer, String order) {
        var key = UUID.randomUUID().toString();
        for (int i = 0; i < TRIES; i++) {
            var sent = fulfil(order, key);
            if (sent.ok() && random.nextInt(5) > 0) {
                break;
            }
        }
        switch (random.nextInt(5)) {
            case 0 -> cancel(staff, order);
            case 1 -> move(order, "refunds", cents(1 + random.nextInt(200)));
            case 2 -> look(customer, order);
            default -> {
                Visit.pause(random);
                change(staff, "deliver", order, "/deliver");
            }
        }
    }

    private Answer fulfil(String order, String key) {
        var answer = staff.send(
                Ask.write(
                        "fulfil",
                        Door.any(doors, random),
                        "POST",
                        "/v1/orders/" + order + "/fulfilments",
                        "{\"carrier\": \"UPS\"}",
                        "Idempotency-Key",
                        key),
                List.of(),
                (client, fulfilled) -> Sales.shown(client, fulfilled, Thing.ORDER));
        Sales.note(history, staff, answer, Thing.ORDER);
        return answer;
    }

    /** Both at once: the customer cancels, and the shop cancels too, takes the money, or sends the goods. */
    private void race(Client customer, String order) {
        int shops = random.nextInt(3);
        var other = Thread.ofVirtual().start(() -> cancel(customer, order));
        switch (shops) {
            case 0 -> cancel(staff, order);
            case 1 -> move(order, "captures", "{}");
            default -> fulfil(order, UUID.randomUUID().toString());
        }
        try {
            other.join();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private Answer look(Client customer, String order) {
        var thing = customer.thing(Thing.ORDER, order);
        var answer = customer.send(
                Ask.read(Kind.READ, "order", Door.any(doors, random), "/v1/orders/" + order),
                List.of(thing),
                (_, read) -> Sales.read(read, thing));
        Sales.note(history, customer, answer, Thing.ORDER);
        return answer;
    }

    private void cancel(Client by, String order) {
        change(by, "cancel", order, "/cancel");
    }

    private void change(Client by, String action, String order, String path) {
        var answer = by.send(
                Ask.write(action, Door.any(doors, random), "POST", "/v1/orders/" + order + path, null),
                List.of(),
                (client, changed) -> Sales.shown(client, changed, Thing.ORDER));
        Sales.note(history, by, answer, Thing.ORDER);
    }

    private Answer move(String order, String what, String body) {
        return staff.send(
                Ask.write(
                        what,
                        Door.any(doors, random),
                        "POST",
                        "/v1/orders/" + order + "/payment/" + what,
                        body,
                        "Idempotency-Key",
                        UUID.randomUUID().toString()),
                List.of(),
                Sales::written);
    }

    private static String cents(int amount) {
        return "{\"amount\": {\"amount\": %d, \"currency\": \"USD\"}}".formatted(amount);
    }
}
