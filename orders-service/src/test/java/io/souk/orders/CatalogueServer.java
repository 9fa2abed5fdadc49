package io.souk.orders;

import com.sun.net.httpserver.HttpExchange;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import static io.souk.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Answers {@code GET /v1/products?sku=} and {@code GET /v1/products/{id}} over HTTP as the catalogue documents it, with
 * the offers that a test lays out. The real catalogue meets orders in the end-to-end tests.
 */
public final class CatalogueServer implements QuarkusTestResourceLifecycleManager {
    private static final int LONGEST_ADDRESS = 8_000;
    private static final Map<String, Offer> OFFERS = new ConcurrentHashMap<>();
    private static final PeerServer SERVER = new PeerServer("/v1/products", CatalogueServer::answer);

    /** What is for sale under one SKU; a null currency means that it has no price. */
    record Offer(
            UUID productId,
            UUID variantId,
            String sku,
            long amount,
            @Nullable String currency,
            String status,
            @Nullable String type,
            long priceVersion) {
        /** The same variant by another name or at another price. */
        Offer of(String newSku, long newAmount, long newVersion) {
            return new Offer(productId, variantId, newSku, newAmount, currency, status, type, newVersion);
        }
    }

    static Offer offer(String sku, long amount, @Nullable String currency) {
        return offer(sku, amount, currency, "PUBLISHED");
    }

    static Offer offer(String sku, long amount, @Nullable String currency, String status) {
        var offer = new Offer(UUID.randomUUID(), UUID.randomUUID(), sku, amount, currency, status, null, 1);
        OFFERS.put(key(sku), offer);
        return offer;
    }

    /** A product of the type grocery, in USD. */
    static Offer grocery(String sku, long amount) {
        var offer = new Offer(UUID.randomUUID(), UUID.randomUUID(), sku, amount, "USD", "PUBLISHED", "grocery", 1);
        OFFERS.put(key(sku), offer);
        return offer;
    }

    /** Sets the price of what is offered; its price list is one version on. */
    static void reprice(String sku, long amount) {
        OFFERS.computeIfPresent(key(sku), (_, old) -> old.of(sku, amount, old.priceVersion() + 1));
    }

    /** Sets the price in the same version of its price list, as a catalogue does that was restored and changed once more. */
    static void repriceInItsVersion(String sku, long amount) {
        OFFERS.computeIfPresent(key(sku), (_, old) -> old.of(sku, amount, old.priceVersion()));
    }

    /** The same variant, under another SKU. */
    static void rename(String sku, String now) {
        var old = Objects.requireNonNull(OFFERS.remove(key(sku)));
        OFFERS.put(key(now), old.of(now, old.amount(), old.priceVersion()));
    }

    /** Nobody sells it any longer. */
    static void withdraw(String sku) {
        OFFERS.remove(key(sku));
    }

    /** As the catalogue documents it. */
    private static String key(String sku) {
        return Normalizer.normalize(sku.strip(), Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
    }

    static void heal() {
        SERVER.heal();
    }

    static int asked() {
        return SERVER.asked();
    }

    static void goWrong(PeerServer.Fault how) {
        SERVER.goWrong(how);
    }

    /** Answers that status to everything from now on. */
    static void failWith(int status) {
        goWrong(exchange -> PeerServer.send(exchange, status, "{}"));
    }

    static void failOnce(int status) {
        var left = new AtomicInteger(1);
        goWrong(exchange -> left.getAndDecrement() > 0 && PeerServer.send(exchange, status, "{}"));
    }

    /** Lets one request wait until it is let go, and answers it properly then; others do not wait for it. */
    static final class Held implements AutoCloseable {
        private final CompletableFuture<Void> came = new CompletableFuture<>();
        private final CompletableFuture<Void> over = new CompletableFuture<>();

        Held() {
            goWrong(_ -> {
                if (came.complete(null)) {
                    over.join();
                }
                return false;
            });
        }

        /** Until the request is there. */
        void await() {
            eventually(() -> assertThat(came).isDone());
        }

        void letGo() {
            over.complete(null);
        }

        @Override
        public void close() {
            goWrong(_ -> false);
            letGo();
        }
    }

    @Override
    public Map<String, String> start() {
        return SERVER.start("catalog", "catalogue", "io.souk.orders.price.AskCatalogue");
    }

    @Override
    public void stop() {
        SERVER.stop();
    }

    /** Refuses what the catalogue refuses: too long an address, and a request that is not for the database or for nobody. */
    private static void answer(HttpExchange exchange) throws IOException {
        var headers = exchange.getRequestHeaders();
        var query = exchange.getRequestURI().getRawQuery();
        if (query == null) {
            var path = exchange.getRequestURI().getPath();
            var card = cardOf(UUID.fromString(path.substring(path.lastIndexOf('/') + 1)));
            PeerServer.send(exchange, card == null ? 404 : 200, card == null ? "{}" : card);
        } else if (query.length() > LONGEST_ADDRESS) {
            PeerServer.send(exchange, 414, "{}");
        } else if (headers.containsKey("Authorization") && "no-cache".equals(headers.getFirst("Cache-Control"))) {
            PeerServer.send(exchange, 200, cards(query));
        } else {
            PeerServer.send(exchange, 400, "{}");
        }
    }

    private static String cards(String query) {
        var skus = URLDecoder.decode(query.substring("sku=".length()), StandardCharsets.UTF_8);
        return Stream.of(skus.split(","))
                .map(sku -> OFFERS.get(key(sku)))
                .filter(Objects::nonNull)
                .map(CatalogueServer::card)
                .collect(Collectors.joining(",", "{\"items\":[", "],\"next\":null}"));
    }

    private static @Nullable String cardOf(UUID product) {
        return OFFERS.values().stream()
                .filter(offer -> offer.productId().equals(product))
                .map(CatalogueServer::card)
                .findFirst()
                .orElse(null);
    }

    private static String card(Offer offer) {
        var prices = offer.currency() == null
                ? "null"
                : """
                  {"productId":"%s","version":%d,"prices":[{"variantId":"%s","sku":"%s","amount":%d,"currency":"%s"}]}""".formatted(
                                offer.productId(),
                                offer.priceVersion(),
                                offer.variantId(),
                                offer.sku(),
                                offer.amount(),
                                offer.currency());
        return """
               {"product":{"id":"%s","version":1,"status":"%s","type":%s,"variants":[{"id":"%s","sku":"%s","gtins":[]}]},
                "prices":%s,"availability":null}""".formatted(
                        offer.productId(),
                        offer.status(),
                        offer.type() == null ? "null" : '"' + offer.type() + '"',
                        offer.variantId(),
                        offer.sku(),
                        prices);
    }
}
