package io.souk.chaos.harvest;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.souk.chaos.evidence.Fact;
import io.souk.chaos.evidence.Lines;
import io.souk.chaos.evidence.Trade.Approved;
import io.souk.chaos.evidence.Trade.Call;
import io.souk.chaos.fleet.Database;
import io.souk.chaos.fleet.Fleet;
import io.souk.stack.StackException;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

/** Stock, reservations, orders and payments as the tables have them, and as the services verify them. */
final class Books {
    /** One statement, so all of it is of one moment; each row is a line of the history. */
    private static final String AT_REST = """
            select jsonb_build_object(
                       'fact', 'level at rest',
                       'thing', 'inventory.stock:' || level.tenant || '/' || level.id,
                       'onHand', level.on_hand,
                       'reserved', level.reserved,
                       'moved', (select coalesce(sum(movement.quantity), 0)
                                   from inventory.stock_movement movement
                                  where movement.tenant = level.tenant
                                    and movement.level_id = level.id))::text
              from inventory.stock_level level
             union all
            select jsonb_build_object(
                       'fact', 'reservation at rest',
                       'thing', 'inventory.reservation:' || one.tenant || '/' || one.id,
                       'status', one.status,
                       'orderId', one.order_id,
                       'owner', one.owner,
                       'expiresAt', (extract(epoch from one.expires_at) * 1000000)::bigint,
                       'units', (select coalesce(jsonb_object_agg(held.level_id, held.units), '{}')
                                   from (select hold.level_id, sum(hold.quantity)::bigint as units
                                           from inventory.reservation_hold hold
                                          where hold.tenant = one.tenant
                                            and hold.reservation_id = one.id
                                          group by hold.level_id) held),
                       'shipped', (select coalesce(jsonb_object_agg(gone.level_id, gone.units), '{}')
                                     from (select movement.level_id, -sum(movement.quantity)::bigint as units
                                             from inventory.stock_movement movement
                                            where movement.tenant = one.tenant
                                              and movement.cause_id = one.id
                                              and movement.kind = 'SHIPMENT'
                                            group by movement.level_id) gone),
                       'at', (extract(epoch from now()) * 1000000)::bigint)::text
              from inventory.reservation one
             union all
            select jsonb_build_object(
                       'fact', 'order at rest',
                       'thing', 'orders.order:' || placed.tenant || '/' || placed.id,
                       'status', placed.status,
                       'customer', placed.customer,
                       'total', placed.total,
                       'payment', (select jsonb_build_object(
                                              'id', payment.id,
                                              'status', payment.status,
                                              'amount', payment.amount,
                                              'captured', payment.captured,
                                              'capturing', payment.capturing,
                                              'refunded', payment.refunded,
                                              'refunding', payment.refunding,
                                              'moved', (select coalesce(sum(movement.amount), 0)
                                                          from orders.payment_movement movement
                                                         where movement.tenant = payment.tenant
                                                           and movement.payment_id = payment.id
                                                           and movement.kind = 'CAPTURE'
                                                           and movement.status = 'SUCCEEDED'),
                                              'returned', (select coalesce(sum(movement.amount), 0)
                                                             from orders.payment_movement movement
                                                            where movement.tenant = payment.tenant
                                                              and movement.payment_id = payment.id
                                                              and movement.kind = 'REFUND'
                                                              and movement.status = 'SUCCEEDED'),
                                              'refused', (select count(*)
                                                            from orders.payment_movement movement
                                                           where movement.tenant = payment.tenant
                                                             and movement.payment_id = payment.id
                                                             and movement.kind = 'CAPTURE'
                                                             and movement.status = 'REFUSED'))
                                     from orders.payment payment
                                    where payment.tenant = placed.tenant
                                      and payment.order_id = placed.id))::text
              from orders.orders placed
             union all
            select jsonb_build_object(
                       'fact', 'move at rest',
                       'tenant', movement.tenant,
                       'move', movement.kind,
                       'of', payment.order_id,
                       'id', movement.id,
                       'quantity', movement.amount,
                       'refused', movement.status = 'REFUSED')::text
              from orders.payment_movement movement
              join orders.payment payment
                on payment.tenant = movement.tenant and payment.id = movement.payment_id
             union all
            select jsonb_build_object(
                       'fact', 'move at rest',
                       'tenant', movement.tenant,
                       'move', movement.kind,
                       'of', level.sku,
                       'id', movement.cause_id,
                       'quantity', sum(movement.quantity),
                       'refused', false)::text
              from inventory.stock_movement movement
              join inventory.stock_level level
                on level.tenant = movement.tenant and level.id = movement.level_id
             where movement.kind = 'RECEIPT'
             group by movement.tenant, movement.kind, level.sku, movement.cause_id
            """;

    /** One statement, so level, ledger and holds are of one moment, whatever goes on. */
    private static final String SEEN = """
            select jsonb_build_object(
                       'fact', 'level seen',
                       'thing', 'inventory.stock:' || level.tenant || '/' || level.id,
                       'onHand', level.on_hand,
                       'reserved', level.reserved,
                       'moved', (select coalesce(sum(movement.quantity), 0)
                                   from inventory.stock_movement movement
                                  where movement.tenant = level.tenant
                                    and movement.level_id = level.id),
                       'held', (select coalesce(sum(hold.quantity), 0)
                                  from inventory.reservation_hold hold
                                  join inventory.reservation one
                                    on one.tenant = hold.tenant and one.id = hold.reservation_id
                                 where hold.tenant = level.tenant
                                   and hold.level_id = level.id
                                   and one.status in ('OPEN', 'CONFIRMED')))::text
              from inventory.stock_level level
            """;

    /** What is not at rest yet, and how much of it there is. Client reservations are awaited too: the next step would meet their end. */
    static final Map<String, String> UNDER_WAY = Map.of(
            "orders", """
                    select count(*) from orders.orders where status in ('PLACED', 'RESERVED', 'AUTHORISED')
                    """,
            "payments", """
                    select count(*)
                      from orders.payment
                      join orders.orders placed on placed.tenant = payment.tenant and placed.id = payment.order_id
                     where payment.status in ('AUTHORISING', 'VOIDING')
                        or payment.capturing > 0
                        or payment.refunding > 0
                        or (payment.status = 'WAITING'
                            and placed.status in ('CONFIRMED', 'REJECTED', 'DECLINED', 'EXPIRED', 'CANCELLED'))
                    """,
            "reservations", """
                    select count(*) from inventory.reservation where status = 'OPEN'
                    """);

    /** Orders of which the provider has refused a capture. */
    private static final String REFUSED = """
            select payment.order_id
              from orders.payment
              join orders.payment_movement movement
                on movement.tenant = payment.tenant and movement.payment_id = payment.id
             where movement.kind = 'CAPTURE'
               and movement.status = 'REFUSED'
            """;

    private static final Map<String, String> VERIFICATIONS =
            Map.of("inventory-1", "/v1/stock/verifications", "orders-1", "/v1/orders/verifications");

    private static final ObjectMapper JSON = new ObjectMapper();

    private Books() {}

    static List<Fact> seen(Database database) {
        return database.query(SEEN, row -> Lines.parse(row.getString(1)));
    }

    static List<Fact> atRest(Database database) {
        return database.query(AT_REST, row -> Lines.parse(row.getString(1)));
    }

    /** What the sandbox says that it has done; nothing where it has not done anything. */
    static List<Fact> ofProvider(Path book) {
        try {
            var facts = new ArrayList<Fact>();
            for (var line : Files.exists(book) ? Files.readAllLines(book) : List.<String>of()) {
                var call = JSON.readTree(line);
                facts.add(new Approved(
                        Call.valueOf(call.path("kind").asText()),
                        call.path("payment").asText(),
                        call.has("movement") ? call.path("movement").asText() : null,
                        call.has("amount") ? call.path("amount").asLong() : null));
            }
            return facts;
        } catch (IOException e) {
            throw new StackException("The provider's book %s cannot be read: %s.".formatted(book, e.getMessage()), e);
        }
    }

    /**
     * A part of the tenant's books each, and what the services find wrong there. That a provider has refused to pay for what was
     * sent is rightly found, and nobody's fault here.
     */
    static List<Fact> verifications(Fleet fleet, String tenant) {
        var parts = new ArrayList<Fact>();
        var refused = new HashSet<>(new Database(fleet).query(REFUSED, row -> row.getString(1)));
        VERIFICATIONS.forEach((door, path) -> {
            var cursor = "";
            do {
                var answer = fleet.post(door, tenant, "admin", path + cursor);
                try {
                    var report = JSON.readTree(answer.body());
                    var findings = report.path("findings")
                            .valueStream()
                            .filter(finding -> !(finding.path("kind").asText().equals("NOT_CAPTURED")
                                    && refused.contains(finding.path("id").asText())))
                            .toList();
                    parts.add(new Fact.Found(
                            16,
                            answer.statusCode() != 200 || !findings.isEmpty(),
                            "%s of %s is answered with %d: %s".formatted(path, tenant, answer.statusCode(), findings)));
                    var next = report.path("next").asText("");
                    cursor = next.isEmpty() || next.equals("null")
                            ? ""
                            : "?cursor=" + URLEncoder.encode(next, StandardCharsets.UTF_8);
                } catch (IOException e) {
                    throw new StackException("%s does not answer with JSON.".formatted(path), e);
                }
            } while (!cursor.isEmpty());
        });
        return parts;
    }
}
