package io.souk.orders;

import io.souk.testing.Database;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A tenant's orders and payments as they are now, to be put back later, as an old backup of the database does. */
final class Backup {
    /** What refers to another one comes behind it. */
    private static final List<String> TABLES = List.of(
            "orders",
            "order_line",
            "order_step",
            "payment",
            "payment_transaction",
            "payment_movement",
            "idempotency_key");

    private final String tenant;
    private final Map<String, List<String>> rows = new LinkedHashMap<>();

    private Backup(String tenant) {
        this.tenant = tenant;
    }

    static Backup of(String tenant) {
        var backup = new Backup(tenant);
        try (var owner = Database.of("orders", "owner")) {
            for (var table : TABLES) {
                backup.rows.put(
                        table,
                        owner.query(
                                "select row_to_json(t)::text from orders.%s t where tenant = ?".formatted(table),
                                tenant));
            }
        }
        return backup;
    }

    void restore() {
        try (var owner = Database.of("orders", "owner")) {
            for (var table : TABLES.reversed()) {
                owner.update("delete from orders.%s where tenant = ?".formatted(table), tenant);
            }
            rows.forEach((table, kept) -> kept.forEach(row -> owner.update(
                    "insert into orders.%1$s select * from json_populate_record(null::orders.%1$s, ?::json)"
                            .formatted(table),
                    row)));
        }
    }
}
