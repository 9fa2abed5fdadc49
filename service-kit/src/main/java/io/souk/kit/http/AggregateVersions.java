package io.souk.kit.http;

import io.souk.kit.event.Order;
import io.souk.kit.problem.Problem;
import org.jspecify.annotations.Nullable;

import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Map.Entry;
import java.util.UUID;
import java.util.function.BinaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import static io.souk.kit.problem.KitProblem.MALFORMED;

/**
 * Orders of aggregates as the headers {@code Souk-Version} and {@code Souk-Min-Version} list them:
 * {@code product/<id>=12, price/<id>=2.3}. An order is the version alone in the first epoch, else {@code epoch.version}.
 *
 * @param orders in the order of the list; at most {@link #MAX_ENTRIES}
 */
public record AggregateVersions(Map<Aggregate, Order> orders) {
    /** What a request changed and the answer names. */
    public static final String VERSION = "Souk-Version";

    /** What the answer must not be older than. */
    public static final String MIN_VERSION = "Souk-Min-Version";

    /** Some 3 KiB as a header: less than any proxy's usual bound for all headers. */
    public static final int MAX_ENTRIES = 50;

    public static final AggregateVersions NONE = new AggregateVersions(Map.of());

    /** Longer than 50 entries of the longest kind, with generous blanks. */
    private static final int MAX_CHARS = 8_192;

    private static final int MAX_NAME_CHARS = 63;
    private static final Pattern ENTRY = Pattern.compile(
            "([a-z][a-z0-9]*(?:-[a-z0-9]+)*)/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})=(?:([1-9][0-9]{0,4})\\.)?([1-9][0-9]{0,14})");

    /** One aggregate, named as in its event type: {@code product-type}. Names are unique in an installation. */
    public record Aggregate(String name, UUID id) {
        @Override
        public String toString() {
            return name + "/" + id;
        }
    }

    public AggregateVersions {
        if (orders.size() > MAX_ENTRIES) {
            throw new IllegalArgumentException(orders.size() + " aggregates, at most " + MAX_ENTRIES);
        }
        orders = Collections.unmodifiableMap(new LinkedHashMap<>(orders));
    }

    /**
     * What a header says; nothing without the header. Of an aggregate that is named twice, the higher order counts.
     *
     * @param header its name, told to the caller in the 400 for what is not such a list
     * @param value several lines of one header joined by commas (RFC 9110)
     */
    public static AggregateVersions parse(String header, @Nullable String value) {
        if (value == null) {
            return NONE;
        }
        if (value.length() > MAX_CHARS) {
            throw malformed(header, "is longer than " + MAX_CHARS + " characters");
        }
        var orders = new LinkedHashMap<Aggregate, Order>();
        for (var text : value.split(",", -1)) {
            var entry = ENTRY.matcher(text.strip());
            if (!entry.matches() || entry.group(1).length() > MAX_NAME_CHARS) {
                throw malformed(header, "is not a list of aggregate/id=version");
            }
            @Nullable String epoch = entry.group(3);
            orders.merge(
                    new Aggregate(entry.group(1), UUID.fromString(entry.group(2))),
                    new Order(epoch == null ? 1 : Integer.parseInt(epoch), Long.parseLong(entry.group(4))),
                    BinaryOperator.maxBy(Comparator.naturalOrder()));
            if (orders.size() > MAX_ENTRIES) {
                throw malformed(header, "names more than " + MAX_ENTRIES + " aggregates");
            }
        }
        return new AggregateVersions(orders);
    }

    /** The list as a header's value; empty when nothing is named. */
    public String format() {
        return orders.entrySet().stream().map(AggregateVersions::entry).collect(Collectors.joining(", "));
    }

    /** The aggregate's order; null when it is not named. */
    public @Nullable Order find(String name, UUID id) {
        return orders.get(new Aggregate(name, id));
    }

    /** The orders of the aggregates of that name, by id; not for hot paths. */
    public Map<UUID, Order> named(String name) {
        var named = new LinkedHashMap<UUID, Order>();
        orders.forEach((aggregate, order) -> {
            if (aggregate.name().equals(name)) {
                named.put(aggregate.id(), order);
            }
        });
        return named;
    }

    public boolean isEmpty() {
        return orders.isEmpty();
    }

    private static String entry(Entry<Aggregate, Order> entry) {
        var order = entry.getValue();
        return entry.getKey() + "=" + (order.epoch() > 1 ? order.epoch() + "." : "") + order.version();
    }

    private static Problem malformed(String header, String detail) {
        return MALFORMED
                .because(header + " takes a list such as product/0198c5d2-7f3e-7c1a-9b2d-4e5f60718293=12")
                .parameter(header, detail);
    }
}
