package io.souk.bench.shop;

import com.fasterxml.jackson.databind.JsonNode;
import io.souk.bench.stack.OwnStack;
import io.souk.bench.stack.SoukCommand;
import io.souk.cli.Http;
import io.souk.cli.Installation;
import io.souk.cli.local.Component;
import io.souk.stack.StackException;
import io.souk.stack.TokenRequest;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

/** One tenant of a stack. */
public final class Shop {
    private static final Duration TOKEN_LIFETIME = Duration.ofHours(2);
    private static final int PAGE = 100;
    private static final Duration HEARD = Duration.ofSeconds(30);
    private static final long LOOK_NANOS = 100_000_000;
    private static final String DESCRIPTION = "Made to be changed and read again and again. ".repeat(12);

    private final OwnStack stack;
    private final String tenant;
    private final Http http = new Http();

    public Shop(OwnStack stack, String tenant) {
        this.stack = stack;
        this.tenant = tenant;
    }

    public String tenant() {
        return tenant;
    }

    /** Of somebody with that role. */
    public String token(String role) {
        return stack.data().issuer().token(new TokenRequest(tenant, Set.of(role), "bench", null, TOKEN_LIFETIME));
    }

    /** Makes so many published products and comes back when all are stored; throws when one is refused. */
    public void stock(Installation installation, int products) {
        load(installation, write(products), products);
    }

    /** Imports a file of as many new products. */
    public void load(Installation installation, Path file, int products) {
        var printed = SoukCommand.run(
                installation,
                "load",
                file.toString(),
                "--tenant",
                tenant,
                "--no-progress",
                "--data",
                stack.data().path().toString());
        if (!SoukCommand.numberIn(printed, "(?m)^created\\s+(\\d+)$").equals(Integer.toString(products))) {
            throw new StackException("Not all of %d products were stored: %s".formatted(products, printed));
        }
    }

    /** Some 500 bytes each, told apart by their SKU; a file for {@code ./souk load}. */
    public Path write(int products) {
        var file = stack.data().path().resolve(tenant + ".jsonl");
        try (var lines = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
            for (int i = 0; i < products; i++) {
                lines.write("""
                    {"name": "Thing %d", "description": "%s", "brand": "Bench", "publish": true, "variants": \
                    [{"sku": "BENCH-%d", "prices": [{"amount": 1000, "currency": "USD"}]}]}
                    """.formatted(i, DESCRIPTION, i));
            }
        } catch (IOException e) {
            throw new StackException("The products cannot be written to %s: %s.".formatted(file, e), e);
        }
        return file;
    }

    /** The first products of the tenant, in the order of their making. */
    public List<Product> products(int most) {
        var token = token("customer");
        var cards = URI.create(stack.ports().url(Component.CATALOG) + "/v1/products");
        var found = new ArrayList<Product>();
        var query = "?limit=" + PAGE;
        while (found.size() < most) {
            var page = http.get(cards.resolve("products" + query), token).json();
            page.path("items").forEach(card -> found.add(product(card.path("product"))));
            if (page.path("next").isNull() || page.path("next").isMissingNode()) {
                break;
            }
            query = "?limit=" + PAGE + "&cursor=" + page.path("next").asText();
        }
        return List.copyOf(found.subList(0, Math.min(most, found.size())));
    }

    /** Books so many units of each in; waits until the inventory has heard of products that are new. */
    public void receive(List<Product> some, long units) {
        for (int from = 0; from < some.size(); from += PAGE) {
            var lines = some.subList(from, Math.min(from + PAGE, some.size())).stream()
                    .map(product -> "{\"sku\": \"%s\", \"quantity\": %d}".formatted(product.sku(), units))
                    .collect(Collectors.joining(", ", "{\"lines\": [", "]}"));
            receive(lines);
        }
    }

    private void receive(String lines) {
        var uri = URI.create(stack.ports().url(Component.INVENTORY) + "/v1/stock/receipts");
        var key = UUID.randomUUID().toString();
        long deadline = System.nanoTime() + HEARD.toNanos();
        while (true) {
            var reply = http.send(HttpRequest.newBuilder(uri)
                    .header("authorization", "Bearer " + token("service"))
                    .header("content-type", "application/json")
                    .header("idempotency-key", key)
                    .POST(HttpRequest.BodyPublishers.ofString(lines)));
            if (reply.status() == 201) {
                return;
            }
            if (reply.status() != 422 || System.nanoTime() > deadline) {
                throw new StackException("The units cannot be booked: %s.".formatted(reply.reason()));
            }
            LockSupport.parkNanos(LOOK_NANOS);
        }
    }

    private static Product product(JsonNode product) {
        var variant = product.path("variants").path(0);
        return new Product(
                UUID.fromString(product.path("id").asText()),
                UUID.fromString(variant.path("id").asText()),
                variant.path("sku").asText());
    }
}
