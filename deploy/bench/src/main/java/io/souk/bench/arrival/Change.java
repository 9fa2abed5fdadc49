package io.souk.bench.arrival;

import java.util.UUID;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** What is changed, and where it is looked for. */
public enum Change {
    /** Made at catalog-service, which shows it itself. */
    PRICE("souk.catalog.price", "price"),
    /** Made at inventory-service, and shown by catalog-service. */
    STOCK("souk.inventory.stock", "availability");

    private static final Pattern VARIANT = Pattern.compile("\"variantId\":\"([0-9a-f-]{36})\"");

    private final String topic;
    private final String view;

    Change(String topic, String view) {
        this.topic = topic;
        this.view = view;
    }

    String topic() {
        return topic;
    }

    /** The kind of the view in catalog-service's Redis. */
    String view() {
        return view;
    }

    /** What the type of its events begins with. */
    String eventType() {
        return topic + ".changed.";
    }

    /** Names each variant that a text with such events speaks of. */
    static void variants(String text, Consumer<UUID> variant) {
        var found = VARIANT.matcher(text);
        while (found.find()) {
            variant.accept(UUID.fromString(found.group(1)));
        }
    }
}
