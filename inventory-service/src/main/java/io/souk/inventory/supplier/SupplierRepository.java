package io.souk.inventory.supplier;

import io.smallrye.mutiny.Uni;
import io.souk.kit.tenant.Tx;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.UUID;

@ApplicationScoped
class SupplierRepository {
    private static final String COLUMNS = """
        id, code, name, account_number, contact_name, contact_email, contact_phone, status, version, created_at, updated_at
        """;

    /** Waits for whoever inserts the same code at the moment. Returns nothing when it is taken. */
    private static final String INSERT = """
        insert into supplier (tenant, id, code, name, account_number, contact_name, contact_email, contact_phone, status, version,
                              created_at, updated_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, 1, now(), now())
            on conflict (tenant, code) do nothing
        returning
        """ + COLUMNS;

    private static final String FIND = "select " + COLUMNS + """
          from supplier
         where tenant = $1
           and id = $2
        """;

    private static final String HOLD = FIND + "   for share";

    private static final String LOCK = FIND + "   for no key update";

    private static final String LIST_AFTER = "select " + COLUMNS + """
          from supplier
         where tenant = $1
           and code > $2
         order by code
         limit $3
        """;

    /** The row is locked. */
    private static final String UPDATE = """
        update supplier
           set name = $3, account_number = $4, contact_name = $5, contact_email = $6, contact_phone = $7, status = $8,
               version = version + 1, updated_at = now()
         where tenant = $1
           and id = $2
        returning
        """ + COLUMNS;

    Uni<@Nullable Supplier> insert(Tx tx, UUID id, SupplierRequest.Valid wanted) {
        return tx.sql()
                .preparedQuery(INSERT)
                .execute(Tuple.from(new @Nullable Object[] {
                    tx.tenant().value(),
                    id,
                    wanted.code(),
                    wanted.name(),
                    wanted.accountNumber(),
                    wanted.contact().name(),
                    wanted.contact().email(),
                    wanted.contact().phone(),
                    wanted.status().name()
                }))
                .map(SupplierRepository::onlyRow);
    }

    Uni<@Nullable Supplier> find(Tx tx, UUID id) {
        return one(tx, FIND, id);
    }

    /** Nobody changes it before the transaction ends, but others may hold it too. */
    Uni<@Nullable Supplier> hold(Tx tx, UUID id) {
        return one(tx, HOLD, id);
    }

    Uni<@Nullable Supplier> lock(Tx tx, UUID id) {
        return one(tx, LOCK, id);
    }

    Uni<List<Supplier>> listAfter(Tx tx, String code, int rows) {
        return tx.sql()
                .preparedQuery(LIST_AFTER)
                .execute(Tuple.of(tx.tenant().value(), code, rows))
                .map(found -> found.stream().map(SupplierRepository::supplier).toList());
    }

    /** The next version of a locked supplier. */
    Uni<Supplier> update(Tx tx, UUID id, SupplierRequest.Valid wanted) {
        return tx.sql()
                .preparedQuery(UPDATE)
                .execute(Tuple.from(new @Nullable Object[] {
                    tx.tenant().value(),
                    id,
                    wanted.name(),
                    wanted.accountNumber(),
                    wanted.contact().name(),
                    wanted.contact().email(),
                    wanted.contact().phone(),
                    wanted.status().name()
                }))
                .map(rows -> supplier(rows.iterator().next()));
    }

    private static Uni<@Nullable Supplier> one(Tx tx, String statement, UUID id) {
        return tx.sql()
                .preparedQuery(statement)
                .execute(Tuple.of(tx.tenant().value(), id))
                .map(SupplierRepository::onlyRow);
    }

    private static @Nullable Supplier onlyRow(RowSet<Row> rows) {
        var row = rows.iterator();
        return row.hasNext() ? supplier(row.next()) : null;
    }

    private static Supplier supplier(Row row) {
        return new Supplier(
                row.getUUID("id"),
                row.getString("code"),
                row.getString("name"),
                row.getString("account_number"),
                new Contact(
                        row.getString("contact_name"), row.getString("contact_email"), row.getString("contact_phone")),
                SupplierStatus.valueOf(row.getString("status")),
                row.getLong("version"),
                row.getOffsetDateTime("created_at").toInstant(),
                row.getOffsetDateTime("updated_at").toInstant());
    }
}
