package io.souk.inventory.stock;

import io.smallrye.mutiny.Uni;
import io.souk.inventory.pack.Goods.Packed;
import io.souk.kit.gtin.Gtin;
import io.souk.kit.id.Ids;
import io.souk.kit.tenant.Tx;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;

/** The ledger. It is only ever added to. */
@ApplicationScoped
class MovementRepository {
    /** Each with the vendor of its level. For a vendor's merchant ($14) nothing is written of what is not that vendor's. */
    private static final String BOOK = """
        insert into stock_movement (tenant, id, level_id, kind, quantity, cause_id, line, reason, reference, booked_by, booked_at,
                                    gtin, packs, units_per_pack, vendor)
        select $1, movement.id, movement.level_id, movement.kind, movement.quantity, $2, movement.line, $3, $4, $5, now(),
               movement.gtin, movement.packs, movement.units_per_pack, level.vendor
          from unnest($6::uuid[], $7::uuid[], $8::text[], $9::bigint[], $10::integer[], $11::text[], $12::bigint[],
                      $13::integer[])
                   as movement (id, level_id, kind, quantity, line, gtin, packs, units_per_pack)
          join stock_level level on level.tenant = $1 and level.id = movement.level_id
         where $14::text is null
            or level.vendor = $14
        """;

    private static final String MOVEMENTS = """
        select movement.id, movement.kind, movement.quantity, movement.cause_id, movement.line, movement.reason,
               movement.reference, movement.booked_by, movement.booked_at, level.variant_id, level.sku, nullif(level.lot, '') as lot,
               location.code, movement.gtin, movement.packs, movement.units_per_pack
          from stock_movement movement
          join stock_level level on level.tenant = movement.tenant and level.id = movement.level_id
          join location on location.tenant = level.tenant and location.id = level.location_id
         where movement.tenant = $1
           and movement.id < $2
        """;

    /** Newest first, before the id $2. */
    private static final String LIST = MOVEMENTS + """
         order by movement.id desc
         limit $3
        """;

    private static final String LIST_OF_VENDOR = MOVEMENTS + """
           and movement.vendor = $4
         order by movement.id desc
         limit $3
        """;

    /** As {@link #LIST}, of the levels $2: the newest of each, out of its own part of the index, and of these the newest. */
    private static final String LIST_OF_LEVELS = """
        select movement.id, movement.kind, movement.quantity, movement.cause_id, movement.line, movement.reason,
               movement.reference, movement.booked_by, movement.booked_at, level.variant_id, level.sku,
               nullif(level.lot, '') as lot, location.code, movement.gtin, movement.packs, movement.units_per_pack
          from unnest($2::uuid[]) as wanted (level_id)
         cross join lateral (
               select id, kind, quantity, cause_id, line, reason, reference, booked_by, booked_at, gtin, packs,
                      units_per_pack
                 from stock_movement
                where tenant = $1
                  and level_id = wanted.level_id
                  and id < $3
                order by id desc
                limit $4) as movement
          join stock_level level on level.tenant = $1 and level.id = wanted.level_id
          join location on location.tenant = level.tenant and location.id = level.location_id
         order by movement.id desc
         limit $4
        """;

    private static final String IS_BOOKED = """
        select exists (select from stock_movement where tenant = $1 and gtin = $2) as booked
        """;

    /** Fails, and with it the transaction, when whoever books does not reach one of the levels: the lines were checked before. */
    Uni<Void> book(Tx tx, Paper paper, List<Movement> movements) {
        return tx.sql()
                .preparedQuery(BOOK)
                .execute(Tuple.from(new @Nullable Object[] {
                    tx.tenant().value(),
                    paper.id(),
                    paper.reason() == null ? null : paper.reason().name(),
                    paper.reference(),
                    paper.bookedBy(),
                    movements.stream().map(_ -> Ids.next()).toArray(UUID[]::new),
                    movements.stream().map(Movement::levelId).toArray(UUID[]::new),
                    movements.stream().map(movement -> movement.kind().name()).toArray(String[]::new),
                    movements.stream().map(Movement::quantity).toArray(Long[]::new),
                    movements.stream().map(Movement::line).toArray(Integer[]::new),
                    said(movements, packed -> packed.gtin().digits()).toArray(String[]::new),
                    said(movements, Packed::packs).toArray(Long[]::new),
                    said(movements, Packed::unitsPerPack).toArray(Integer[]::new),
                    paper.reach().vendor()
                }))
                .invoke(booked -> requireAll(movements.size(), booked.rowCount()))
                .replaceWithVoid();
    }

    private static void requireAll(int wanted, int booked) {
        if (wanted != booked) {
            throw new IllegalStateException(booked + " of " + wanted + " movements were within reach");
        }
    }

    /** Whether anything was ever booked under it. */
    Uni<Boolean> isBooked(Tx tx, Gtin gtin) {
        return tx.sql()
                .preparedQuery(IS_BOOKED)
                .execute(Tuple.of(tx.tenant().value(), gtin.digits()))
                .map(rows -> rows.iterator().next().getBoolean("booked"));
    }

    /** Newest first, behind the id {@code before}; of the vendor, or of the whole tenant. */
    Uni<List<MovementView>> list(Tx tx, @Nullable String vendor, UUID before, int rows) {
        var tenant = tx.tenant().value();
        return (vendor == null
                        ? tx.sql().preparedQuery(LIST).execute(Tuple.of(tenant, before, rows))
                        : tx.sql().preparedQuery(LIST_OF_VENDOR).execute(Tuple.of(tenant, before, rows, vendor)))
                .map(MovementRepository::views);
    }

    /** As {@link #list}, of these levels. */
    Uni<List<MovementView>> listOfLevels(Tx tx, Collection<UUID> levels, UUID before, int rows) {
        return tx.sql()
                .preparedQuery(LIST_OF_LEVELS)
                .execute(Tuple.of(tx.tenant().value(), levels.toArray(UUID[]::new), before, rows))
                .map(MovementRepository::views);
    }

    private static List<MovementView> views(RowSet<Row> movements) {
        return movements.stream().map(MovementRepository::view).toList();
    }

    /** Null for each movement that was said in units. */
    private static <T> Stream<@Nullable T> said(List<Movement> movements, Function<Packed, T> part) {
        return movements.stream()
                .<@Nullable T>map(movement -> movement.said() == null ? null : part.apply(movement.said()));
    }

    private static MovementView view(Row row) {
        @Nullable String reason = row.getString("reason");
        return new MovementView(
                row.getUUID("id"),
                MovementKind.valueOf(row.getString("kind")),
                row.getUUID("variant_id"),
                row.getString("sku"),
                row.getString("code"),
                row.getString("lot"),
                row.getLong("quantity"),
                reason == null ? null : AdjustmentReason.valueOf(reason),
                row.getString("reference"),
                row.getUUID("cause_id"),
                row.getInteger("line"),
                row.getString("booked_by"),
                row.getOffsetDateTime("booked_at").toInstant(),
                row.getString("gtin"),
                row.getLong("packs"),
                row.getInteger("units_per_pack"));
    }

    record Movement(
            int line,
            UUID levelId,
            MovementKind kind,
            long quantity,
            @Nullable Packed said) {}
}
