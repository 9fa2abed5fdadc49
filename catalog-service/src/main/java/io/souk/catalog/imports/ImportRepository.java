package io.souk.catalog.imports;

import com.fasterxml.jackson.core.type.TypeReference;
import io.smallrye.mutiny.Uni;
import io.souk.catalog.input.Fault;
import io.souk.kit.json.OwnJson;
import io.souk.kit.tenant.TenantId;
import io.souk.kit.tenant.Tx;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

@ApplicationScoped
class ImportRepository {
    private static final TypeReference<List<Fault>> FAULTS = new TypeReference<>() {};

    /** $1 tenant, $2 upload. */
    private static final String BEGIN_UPLOAD = """
        insert into import_upload (tenant, id, touched_at)
        values ($1, $2, now())
        """;

    /** $1 tenant, $2 upload, $3 first line, $4 lines, $5 bytes. */
    private static final String PUT_CHUNK = """
        with touched as (
            update import_upload set touched_at = now() where tenant = $1 and id = $2 returning id
        )
        insert into import_chunk (tenant, upload_id, first_line, lines, bytes)
        select $1, touched.id, $3, $4, $5
          from touched
        """;

    /** $1 tenant, $2 upload, $3 job. */
    private static final String HAND_OVER = """
        update import_upload
           set job_id = $3, touched_at = now()
         where tenant = $1
           and id = $2
        """;

    /** With its chunks. $1 tenant, $2 upload. */
    private static final String DELETE_UPLOAD = """
        delete from import_upload
         where tenant = $1
           and id = $2
        """;

    /** Uploads of all tenants that broke off. $1 seconds without a new chunk, $2 rows. */
    private static final String DELETE_ABANDONED = """
        delete from import_upload
         where (tenant, id) in (select tenant, id
                                  from import_upload
                                 where job_id is null
                                   and touched_at < now() - make_interval(secs => $1)
                                 order by touched_at
                                 limit $2)
        """;

    /** $1 tenant, $2 upload, $3 first line. */
    private static final String TAKE_CHUNK = """
        delete from import_chunk
         where tenant = $1
           and upload_id = $2
           and first_line = $3
        returning first_line, lines, bytes
        """;

    /** $1 tenant, $2 job, $3 keys. */
    private static final String CLAIMS = """
        select key, line
          from import_key
         where tenant = $1
           and job_id = $2
           and key = any($3::text[])
        """;

    /** $1 tenant, $2 job, $3 keys, $4 lines. */
    private static final String PUT_CLAIMS = """
        insert into import_key (tenant, job_id, key, line)
        select $1, $2, k.key, k.line
          from unnest($3::text[], $4::bigint[]) as k(key, line)
        """;

    /** $1 tenant, $2 job. */
    private static final String DELETE_CLAIMS = """
        delete from import_key
         where tenant = $1
           and job_id = $2
        """;

    /** Some rows of a job's report. $1 tenant, $2 job, $3 rows. */
    private static final String FORGET_RECORDS = """
        delete from import_record
         where tenant = $1
           and job_id = $2
           and line in (select line from import_record where tenant = $1 and job_id = $2 order by line limit $3)
        """;

    /** Some of what a job has claimed. $1 tenant, $2 job, $3 rows. */
    private static final String FORGET_CLAIMS = """
        delete from import_key
         where tenant = $1
           and job_id = $2
           and key in (select key from import_key where tenant = $1 and job_id = $2 order by key limit $3)
        """;

    /** Some chunks that no job has taken. $1 tenant, $2 upload, $3 rows. */
    private static final String FORGET_CHUNKS = """
        delete from import_chunk
         where tenant = $1
           and upload_id = $2
           and first_line in (select first_line
                                from import_chunk
                               where tenant = $1
                                 and upload_id = $2
                               order by first_line
                               limit $3)
        """;

    /** An upload whose chunks are gone; of no other, whatever the bound. $1 tenant, $2 upload, $3 rows. */
    private static final String FORGET_UPLOAD = """
        delete from import_upload
         where tenant = $1
           and id = $2
           and $3::integer > 0
        """;

    /** $1 tenant, $2 job, then one array per column. */
    private static final String PUT_RECORDS = """
        insert into import_record (tenant, job_id, line, outcome, product_id, sku, reasons, notes)
        select $1, $2, r.line, r.outcome, r.product_id, r.sku, r.reasons::json, r.notes::json
          from unnest($3::bigint[], $4::text[], $5::uuid[], $6::text[], $7::text[], $8::text[])
                 as r(line, outcome, product_id, sku, reasons, notes)
        """;

    /** $1 tenant, $2 job, $3 after this line, $4 rows. */
    private static final String PAGE = """
        select line, outcome, product_id, sku, reasons::text, notes::text
          from import_record
         where tenant = $1
           and job_id = $2
           and line > $3
         order by line
         limit $4
        """;

    /** $1 tenant, $2 job, $3 after this line, $4 rows, $5 outcome. */
    private static final String PAGE_OF_OUTCOME = """
        select line, outcome, product_id, sku, reasons::text, notes::text
          from import_record
         where tenant = $1
           and job_id = $2
           and outcome = $5
           and line > $3
         order by line
         limit $4
        """;

    private final OwnJson json;

    ImportRepository(OwnJson json) {
        this.json = json;
    }

    Uni<Void> beginUpload(Tx tx, UUID upload) {
        return tx.sql()
                .preparedQuery(BEGIN_UPLOAD)
                .execute(Tuple.of(tx.tenant().value(), upload))
                .replaceWithVoid();
    }

    Uni<Void> put(Tx tx, UUID upload, Chunk chunk) {
        return tx.sql()
                .preparedQuery(PUT_CHUNK)
                .execute(Tuple.of(
                        tx.tenant().value(), upload, chunk.firstLine(), chunk.lines(), Buffer.buffer(chunk.bytes())))
                .invoke(rows -> refuseAbandoned(rows.rowCount()))
                .replaceWithVoid();
    }

    Uni<Void> handOver(Tx tx, UUID upload, UUID job) {
        return tx.sql()
                .preparedQuery(HAND_OVER)
                .execute(Tuple.of(tx.tenant().value(), upload, job))
                .invoke(rows -> refuseAbandoned(rows.rowCount()))
                .replaceWithVoid();
    }

    /** The sweep has taken the row away: its chunks are gone, and so would be the lines. */
    private static void refuseAbandoned(int rows) {
        if (rows != 1) {
            throw new IllegalStateException("the upload was taken for abandoned");
        }
    }

    Uni<Void> deleteUpload(Tx tx, UUID upload) {
        return tx.sql()
                .preparedQuery(DELETE_UPLOAD)
                .execute(Tuple.of(tx.tenant().value(), upload))
                .replaceWithVoid();
    }

    Uni<Integer> deleteAbandoned(SqlConnection worker, Duration after, int rows) {
        return worker.preparedQuery(DELETE_ABANDONED)
                .execute(Tuple.of((double) after.toSeconds(), rows))
                .map(deleted -> deleted.rowCount());
    }

    /** The chunk that begins there, taken out of the table; null when there is none. */
    Uni<@Nullable Chunk> take(Tx tx, UUID upload, long firstLine) {
        return tx.sql()
                .preparedQuery(TAKE_CHUNK)
                .execute(Tuple.of(tx.tenant().value(), upload, firstLine))
                .map(rows -> {
                    for (var row : rows) {
                        return new Chunk(
                                row.getLong(0),
                                row.getInteger(1),
                                row.getBuffer(2).getBytes());
                    }
                    return null;
                });
    }

    /** The lines that have claimed these keys before. */
    Uni<Map<String, Long>> claims(Tx tx, UUID job, Collection<String> keys) {
        return tx.sql()
                .preparedQuery(CLAIMS)
                .execute(Tuple.of(tx.tenant().value(), job, keys.toArray(String[]::new)))
                .map(rows -> {
                    var claims = new HashMap<String, Long>();
                    rows.forEach(row -> claims.put(row.getString(0), row.getLong(1)));
                    return claims;
                });
    }

    Uni<Void> claim(Tx tx, UUID job, Map<String, Long> claims) {
        if (claims.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        var keys = List.copyOf(claims.entrySet());
        return tx.sql()
                .preparedQuery(PUT_CLAIMS)
                .execute(Tuple.of(
                        tx.tenant().value(),
                        job,
                        keys.stream().map(Map.Entry::getKey).toArray(String[]::new),
                        keys.stream().map(Map.Entry::getValue).toArray(Long[]::new)))
                .replaceWithVoid();
    }

    Uni<Void> deleteClaims(Tx tx, UUID job) {
        return tx.sql()
                .preparedQuery(DELETE_CLAIMS)
                .execute(Tuple.of(tx.tenant().value(), job))
                .replaceWithVoid();
    }

    /** Removes at most so many rows of what is stored of an import that is over; returns how many. */
    Uni<Integer> forget(SqlConnection worker, TenantId tenant, UUID job, UUID upload, int rows) {
        return forget(worker, FORGET_RECORDS, tenant, job, rows, 0)
                .chain(gone -> forget(worker, FORGET_CLAIMS, tenant, job, rows, gone))
                .chain(gone -> forget(worker, FORGET_CHUNKS, tenant, upload, rows, gone))
                .chain(gone -> forget(worker, FORGET_UPLOAD, tenant, upload, rows, gone));
    }

    /** Returns how many rows are gone with these. */
    private static Uni<Integer> forget(SqlConnection worker, String sql, TenantId tenant, UUID id, int rows, int gone) {
        return worker.preparedQuery(sql)
                .execute(Tuple.of(tenant.value(), id, rows - gone))
                .map(removed -> gone + removed.rowCount());
    }

    Uni<Void> put(Tx tx, UUID job, List<ImportRecord> records) {
        if (records.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return tx.sql()
                .preparedQuery(PUT_RECORDS)
                .execute(Tuple.tuple()
                        .addString(tx.tenant().value())
                        .addUUID(job)
                        .addValue(records.stream().map(ImportRecord::line).toArray(Long[]::new))
                        .addValue(records.stream()
                                .map(row -> row.outcome().name())
                                .toArray(String[]::new))
                        .addValue(records.stream().map(ImportRecord::productId).toArray(UUID[]::new))
                        .addValue(records.stream().map(ImportRecord::sku).toArray(String[]::new))
                        .addValue(records.stream()
                                .map(row -> write(row.reasons()))
                                .toArray(String[]::new))
                        .addValue(
                                records.stream().map(row -> write(row.notes())).toArray(String[]::new)))
                .replaceWithVoid();
    }

    /** In the order of lines; of one outcome, or of all when it is null. */
    Uni<List<ImportRecord>> page(Tx tx, UUID job, @Nullable Outcome outcome, long after, int rows) {
        var query = outcome == null
                ? tx.sql().preparedQuery(PAGE).execute(Tuple.of(tx.tenant().value(), job, after, rows))
                : tx.sql()
                        .preparedQuery(PAGE_OF_OUTCOME)
                        .execute(Tuple.of(tx.tenant().value(), job, after, rows, outcome.name()));
        return query.map(found -> {
            var records = new ArrayList<ImportRecord>(found.size());
            found.forEach(row -> records.add(read(row)));
            return records;
        });
    }

    private ImportRecord read(Row row) {
        return new ImportRecord(
                row.getLong(0),
                Outcome.valueOf(row.getString(1)),
                row.getUUID(2),
                row.getString(3),
                faults(row.getString(4)),
                faults(row.getString(5)));
    }

    private List<Fault> faults(@Nullable String text) {
        return text == null ? List.of() : json.read(text, FAULTS);
    }

    private @Nullable String write(List<Fault> faults) {
        return faults.isEmpty() ? null : json.text(faults);
    }
}
