package io.souk.orders;

import io.souk.testing.Database;

import java.util.UUID;

/** Rows as a service leaves them that dies right after a commit. */
final class Planted {
    private Planted() {}

    /** An order of Ada's in that state, of one line at 9.00 USD, and its payment by the sandbox, due now. */
    static void order(Database owner, String tenant, UUID id, String status, String payment) {
        owner.update("""
                insert into orders.orders (tenant, id, version, customer, currency, total, status, reservation_id, reason,
                                           placed_at, updated_at, deadline)
                values (?, ?, 3, 'ada', 'USD', 900, ?, gen_random_uuid(), 'planted', now(), now(), now() + interval '1 hour')
                """, tenant, id, status);
        owner.update("""
                insert into orders.order_step (tenant, order_id, version, status, note, at)
                select ?, ?, version, 'PLACED', 'planted', now() from generate_series(1, 3) as version
                """, tenant, id);
        owner.update("""
                insert into orders.order_line (tenant, order_id, line, product_id, variant_id, sku, quantity, unit_price)
                values (?, ?, 0, gen_random_uuid(), gen_random_uuid(), 'PLANTED', 2, 450)
                """, tenant, id);
        owner.update("""
                insert into orders.payment (tenant, order_id, id, version, provider, token, amount, currency, status, due_at)
                values (?, ?, gen_random_uuid(), 2, 'sandbox', 'tok_ok', 900, 'USD', ?, now())
                """, tenant, id, payment);
    }

    /** A fulfilled order, as {@link #order}: the capture of its payment was asked for with it, and nobody has made the call. */
    static void fulfilled(Database owner, String tenant, UUID id) {
        order(owner, tenant, id, "FULFILLED", "AUTHORISED");
        owner.update("""
                with asked as (
                    update orders.payment set capturing = amount, version = version + 1 where tenant = ? and order_id = ?
                    returning tenant, id, version, amount
                )
                insert into orders.payment_movement (tenant, payment_id, version, id, kind, amount, status, due_at)
                select tenant, id, version, gen_random_uuid(), 'CAPTURE', amount, 'PENDING', now() from asked
                """, tenant, id);
    }
}
