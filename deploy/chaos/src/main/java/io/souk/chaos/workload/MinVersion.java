package io.souk.chaos.workload;

import io.souk.chaos.evidence.Order;
import io.souk.chaos.evidence.Thing;
import org.jspecify.annotations.Nullable;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The list of orders that stands in the headers {@code Souk-Version} and {@code Souk-Min-Version}: {@code product/<id>=12, price/<id>=2.3}. */
final class MinVersion {
    private MinVersion() {}

    static String format(Map<Thing, Order> orders) {
        return orders.entrySet().stream()
                .map(entry -> "%s/%s=%s"
                        .formatted(word(entry.getKey()), entry.getKey().id(), number(entry.getValue())))
                .sorted()
                .collect(Collectors.joining(", "));
    }

    /** What an answer's header tells of the things whose aggregates are known here; nothing where there is no header. */
    static Map<Thing, Order> parse(@Nullable String header, String tenant, List<String> aggregates) {
        if (header == null) {
            return Map.of();
        }
        var orders = new LinkedHashMap<Thing, Order>();
        for (var entry : header.split(",", -1)) {
            int slash = entry.indexOf('/');
            int equals = entry.indexOf('=');
            var word = entry.substring(0, slash).strip();
            aggregates.stream()
                    .filter(aggregate -> aggregate.endsWith("." + word))
                    .findFirst()
                    .ifPresent(aggregate -> orders.put(
                            new Thing(aggregate, tenant, entry.substring(slash + 1, equals)),
                            Order.parse(entry.substring(equals + 1).strip())));
        }
        return orders;
    }

    private static String word(Thing thing) {
        return thing.aggregate().substring(thing.aggregate().indexOf('.') + 1);
    }

    private static String number(Order order) {
        return order.epoch() == 1 ? Long.toString(order.version()) : order.toString();
    }
}
