package io.souk.kit.event;

import java.util.regex.Pattern;

/**
 * An aggregate that a service publishes, e.g. {@code (catalog, product)}. Both parts are lower-case words with dashes:
 * they become topic names and event types, which are public and never change.
 */
public record AggregateType(String service, String name) {
    private static final Pattern WORD = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");

    public AggregateType {
        if (!WORD.matcher(service).matches() || !WORD.matcher(name).matches()) {
            throw new IllegalArgumentException("not an aggregate type: " + service + "." + name);
        }
    }

    /** The topic in an installation whose topics start with the prefix, e.g. {@code souk.catalog.product}. */
    public String topic(String prefix) {
        return prefix + "." + service + "." + name;
    }

    /** What watermarks call the topic, e.g. {@code souk.inventory.stock}: the same in every installation. */
    public String sourceName() {
        return topic("souk");
    }

    /** The CloudEvents type, e.g. {@code souk.catalog.product.changed.v1}: the same in every installation. */
    public String eventType(ChangeKind kind) {
        return "souk." + service + "." + name + "." + kind.word() + ".v1";
    }

    @Override
    public String toString() {
        return service + "." + name;
    }
}
