package io.souk.orders.tax;

import io.smallrye.mutiny.Uni;
import io.souk.kit.tenant.Tx;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.function.Function;
import java.util.stream.StreamSupport;

@ApplicationScoped
class TaxRepository {
    /** A row without a country is the table itself, when it has no rates. */
    private static final String FIND = """
            select t.version, r.country, r.region, r.category, r.millionths, r.inclusive
              from tax_table t
              left join tax_rate r on r.tenant = t.tenant
             where t.tenant = $1
             order by r.country, r.region, r.category
            """;

    /** Only from the version that was seen; 0 when there never was a table. $1 tenant, $2 the version seen. */
    private static final String ADVANCE = """
            insert into tax_table as present (tenant, version)
            select $1, 1 where $2::bigint = 0
                on conflict do nothing
            """;

    private static final String ADVANCE_FURTHER = """
            update tax_table
               set version = version + 1
             where tenant = $1
               and version = $2
            """;

    private static final String REMOVE = "delete from tax_rate where tenant = $1";

    /** $1 tenant, then one array per column. */
    private static final String INSERT = """
            insert into tax_rate (tenant, country, region, category, millionths, inclusive)
            select $1, country, region, category, millionths, inclusive
              from unnest($2::text[], $3::text[], $4::text[], $5::int[], $6::boolean[])
                   as row (country, region, category, millionths, inclusive)
            """;

    Uni<TaxTable> find(Tx tx) {
        return tx.sql()
                .preparedQuery(FIND)
                .execute(Tuple.of(tx.tenant().value()))
                .map(TaxRepository::table);
    }

    /** Replaces the table that stands at that version; false, with nothing changed, when it stands at another. */
    Uni<Boolean> replace(Tx tx, long seen, List<TableRate> rates) {
        return tx.sql()
                .preparedQuery(seen == 0 ? ADVANCE : ADVANCE_FURTHER)
                .execute(Tuple.of(tx.tenant().value(), seen))
                .chain(rows -> rows.rowCount() == 0
                        ? Uni.createFrom().item(false)
                        : tx.sql()
                                .preparedQuery(REMOVE)
                                .execute(Tuple.of(tx.tenant().value()))
                                .chain(() -> insert(tx, rates))
                                .replaceWith(true));
    }

    private static Uni<RowSet<Row>> insert(Tx tx, List<TableRate> rates) {
        var values = Tuple.tuple()
                .addString(tx.tenant().value())
                .addArrayOfString(texts(rates, TableRate::country))
                .addArrayOfString(texts(rates, TableRate::region))
                .addArrayOfString(texts(rates, TableRate::category))
                .addArrayOfInteger(
                        rates.stream().map(row -> row.rate().millionths()).toArray(Integer[]::new))
                .addArrayOfBoolean(
                        rates.stream().map(row -> row.rate().inclusive()).toArray(Boolean[]::new));
        return tx.sql().preparedQuery(INSERT).execute(values);
    }

    /** What stands for every region or category is an empty text in the table, so that its key is complete. */
    private static String[] texts(List<TableRate> rates, Function<TableRate, @Nullable String> column) {
        return rates.stream()
                .map(row -> {
                    var text = column.apply(row);
                    return text == null ? "" : text;
                })
                .toArray(String[]::new);
    }

    private static TaxTable table(RowSet<Row> rows) {
        var version = StreamSupport.stream(rows.spliterator(), false)
                .mapToLong(row -> row.getLong("version"))
                .findFirst()
                .orElse(0);
        var rates = StreamSupport.stream(rows.spliterator(), false)
                .filter(row -> row.getString("country") != null)
                .map(row -> new TableRate(
                        row.getString("country"),
                        orNull(row.getString("region")),
                        orNull(row.getString("category")),
                        new TaxRate(row.getInteger("millionths"), row.getBoolean("inclusive"))))
                .toList();
        return new TaxTable(version, rates);
    }

    private static @Nullable String orNull(String text) {
        return text.isEmpty() ? null : text;
    }
}
