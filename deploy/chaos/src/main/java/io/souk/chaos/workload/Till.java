package io.souk.chaos.workload;

import io.souk.chaos.evidence.Fact.Kind;
import io.souk.chaos.evidence.Lines;
import io.souk.chaos.evidence.Thing;
import io.souk.chaos.workload.Client.Answer;
import io.souk.chaos.workload.Client.Ask;

import java.util.List;
import java.util.Random;
import java.util.UUID;

/** What becomes of an order that was placed: its customer looks at it or cancels it, the shop's staff captures, refunds, cancels. */
final class Till {
    private static final int LOOKS = 6;
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

    /** Both at once: the customer and the shop, or the shop that takes the money. */
    private void race(Client customer, String order) {
        boolean takes = random.nextBoolean();
        var other = Thread.ofVirtual().start(() -> cancel(customer, order));
        if (takes) {
            move(order, "captures", "{}");
        } else {
            cancel(staff, order);
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
        var answer = by.send(
                Ask.write("cancel", Door.any(doors, random), "POST", "/v1/orders/" + order + "/cancel", null),
                List.of(),
                (client, cancelled) -> Sales.shown(client, cancelled, Thing.ORDER));
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
