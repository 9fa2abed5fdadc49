package io.souk.orders;

import io.souk.testing.Database;

/** Ends the connection that first writes some row of a tenant's, as a server that is shut down does. */
final class Trap {
    private final Database owner;

    private Trap(Database owner) {
        this.owner = owner;
    }

    /** Before an order is at that version. */
    static Trap beforeStep(Database owner, String tenant, int version) {
        return before(
                owner,
                "insert on orders.order_step",
                "new.tenant = '%s' and new.version = %d".formatted(tenant, version));
    }

    /** Before it is written down what a provider has done. */
    static Trap beforeAnswer(Database owner, String tenant, String kind) {
        return before(
                owner,
                "insert on orders.payment_transaction",
                "new.tenant = '%s' and new.kind = '%s'".formatted(tenant, kind));
    }

    /** Before a cart is unlocked, when the end of its order is written already. */
    static Trap beforeUnlock(Database owner, String tenant) {
        return before(
                owner,
                "update on orders.cart",
                "new.tenant = '%s' and old.status = 'CHECKED_OUT' and new.status = 'OPEN'".formatted(tenant));
    }

    private static Trap before(Database owner, String write, String row) {
        var trap = new Trap(owner);
        trap.remove();
        owner.update("create sequence orders.trap_sprung"); // counts past the rollback
        owner.update("grant usage on sequence orders.trap_sprung to orders_app, orders_worker");
        owner.update("""
                create function orders.trap() returns trigger language plpgsql as $$
                begin
                    if nextval('orders.trap_sprung') = 1 then
                        perform pg_terminate_backend(pg_backend_pid());
                        perform pg_sleep(60); -- ends at once: it looks for such signals
                    end if;
                    return new;
                end $$
                """);
        owner.update("""
                create trigger trap before %s for each row when (%s) execute function orders.trap()
                """.formatted(write, row));
        return trap;
    }

    boolean sprung() {
        return owner.query("select is_called from orders.trap_sprung").contains("t");
    }

    void remove() {
        owner.update("drop function if exists orders.trap cascade");
        owner.update("drop sequence if exists orders.trap_sprung");
    }
}
