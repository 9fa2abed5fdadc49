package io.souk.inventory.pack;

import io.smallrye.mutiny.Uni;
import io.souk.kit.gtin.Gtin;
import io.souk.kit.tenant.Tx;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

import java.util.Collection;
import java.util.List;
import java.util.UUID;

/** Several rows are locked in the order of their GTINs. */
@ApplicationScoped
class PackRepository {
    private static final String COLUMNS =
            "id, gtin, variant_id, units_per_pack, status, version, created_at, updated_at\n";

    /** Waits for whoever inserts the same GTIN at the moment. Returns nothing when it is taken. */
    private static final String INSERT = """
        insert into pack (tenant, id, gtin, variant_id, units_per_pack, status, version, created_at, updated_at)
        values ($1, $2, $3, $4, $5, 'ACTIVE', 1, now(), now())
            on conflict (tenant, gtin) do nothing
        returning
        """ + COLUMNS;

    private static final String FIND = "select " + COLUMNS + """
          from pack
         where tenant = $1
           and gtin = any ($2)
        """;

    /** Nobody changes them before the transaction ends, but others may hold them too. */
    private static final String HOLD = FIND + """
         order by gtin
           for share
        """;

    /** Bookings that hold it have ended. */
    private static final String LOCK = FIND + """
         order by gtin
           for no key update
        """;

    private static final String LOCK_BY_ID = "select " + COLUMNS + """
          from pack
         where tenant = $1
           and id = any ($2)
         order by gtin
           for no key update
        """;

    private static final String LIST_AFTER = "select " + COLUMNS + """
          from pack
         where tenant = $1
           and gtin > $2
         order by gtin
         limit $3
        """;

    private static final String LIST_OF_VARIANT = "select " + COLUMNS + """
          from pack
         where tenant = $1
           and variant_id = $4
           and gtin > $2
         order by gtin
         limit $3
        """;

    /** The row is locked. */
    private static final String UPDATE = """
        update pack
           set variant_id = $3, units_per_pack = $4, status = $5, version = version + 1, updated_at = now()
         where tenant = $1
           and id = $2
        returning
        """ + COLUMNS;

    Uni<@Nullable Pack> insert(Tx tx, UUID id, Gtin gtin, UUID variant, int unitsPerPack) {
        return tx.sql()
                .preparedQuery(INSERT)
                .execute(Tuple.of(tx.tenant().value(), id, gtin.digits(), variant, unitsPerPack))
                .map(PackRepository::onlyRow);
    }

    Uni<@Nullable Pack> find(Tx tx, Gtin gtin) {
        return byGtin(tx, FIND, List.of(gtin)).map(PackRepository::onlyRow);
    }

    Uni<@Nullable Pack> lock(Tx tx, Gtin gtin) {
        return byGtin(tx, LOCK, List.of(gtin)).map(PackRepository::onlyRow);
    }

    Uni<List<Pack>> find(Tx tx, Collection<Gtin> gtins) {
        return byGtin(tx, FIND, gtins).map(PackRepository::packs);
    }

    Uni<List<Pack>> hold(Tx tx, Collection<Gtin> gtins) {
        return byGtin(tx, HOLD, gtins).map(PackRepository::packs);
    }

    Uni<List<Pack>> lockById(Tx tx, Collection<UUID> ids) {
        return tx.sql()
                .preparedQuery(LOCK_BY_ID)
                .execute(Tuple.of(tx.tenant().value(), ids.toArray(UUID[]::new)))
                .map(PackRepository::packs);
    }

    /** Behind the GTIN {@code after}; of this variant unless it is null. */
    Uni<List<Pack>> list(Tx tx, @Nullable UUID ofVariant, String after, int rows) {
        var tenant = tx.tenant().value();
        var found = ofVariant == null
                ? tx.sql().preparedQuery(LIST_AFTER).execute(Tuple.of(tenant, after, rows))
                : tx.sql().preparedQuery(LIST_OF_VARIANT).execute(Tuple.of(tenant, after, rows, ofVariant));
        return found.map(PackRepository::packs);
    }

    /** The next version of a locked pack. */
    Uni<Pack> update(Tx tx, UUID id, UUID variant, int unitsPerPack, PackStatus status) {
        return tx.sql()
                .preparedQuery(UPDATE)
                .execute(Tuple.of(tx.tenant().value(), id, variant, unitsPerPack, status.name()))
                .map(rows -> pack(rows.iterator().next()));
    }

    private static Uni<RowSet<Row>> byGtin(Tx tx, String statement, Collection<Gtin> gtins) {
        return tx.sql()
                .preparedQuery(statement)
                .execute(Tuple.of(
                        tx.tenant().value(), gtins.stream().map(Gtin::digits).toArray(String[]::new)));
    }

    private static @Nullable Pack onlyRow(RowSet<Row> rows) {
        var row = rows.iterator();
        return row.hasNext() ? pack(row.next()) : null;
    }

    private static List<Pack> packs(RowSet<Row> rows) {
        return rows.stream().map(PackRepository::pack).toList();
    }

    private static Pack pack(Row row) {
        return new Pack(
                row.getUUID("id"),
                new Gtin(row.getString("gtin")),
                row.getUUID("variant_id"),
                row.getInteger("units_per_pack"),
                PackStatus.valueOf(row.getString("status")),
                row.getLong("version"),
                row.getOffsetDateTime("created_at").toInstant(),
                row.getOffsetDateTime("updated_at").toInstant());
    }
}
