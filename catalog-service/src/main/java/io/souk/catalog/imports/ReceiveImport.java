package io.souk.catalog.imports;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.souk.kit.id.Ids;
import io.souk.kit.job.Job;
import io.souk.kit.job.Jobs;
import io.souk.kit.tenant.TenantId;
import io.souk.kit.tenant.Transactions;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.UUID;

import static io.souk.kit.problem.KitProblem.INVALID;

/**
 * Takes an upload in: piece by piece, each stored before the next is asked for, so that it holds a chunk and a piece in memory
 * however large the file and however slow the database.
 */
@ApplicationScoped
class ReceiveImport {
    private static final Logger LOG = Logger.getLogger(ReceiveImport.class);

    private final Transactions transactions;
    private final ImportRepository imports;
    private final Mappings mappings;
    private final ImportJob handler;
    private final Jobs jobs;
    private final ImportsConfig config;

    ReceiveImport(
            Transactions transactions,
            ImportRepository imports,
            Mappings mappings,
            ImportJob handler,
            Jobs jobs,
            ImportsConfig config) {
        this.transactions = transactions;
        this.imports = imports;
        this.mappings = mappings;
        this.handler = handler;
        this.jobs = jobs;
        this.config = config;
    }

    /**
     * The job that will work the file off. 413 for a line or a file beyond the bounds, 400 for damaged gzip, 422 for a file
     * without lines or an unknown mapping; then nothing of it stays.
     */
    Uni<Job> receive(TenantId tenant, @Nullable String mapping, boolean gzip, Multi<byte[]> body) {
        mappings.named(mapping); // refuses an unknown one before the file is read
        var upload = Ids.next();
        var lines = new LineChunks(
                config.maxLineSize().asLongValue(),
                config.maxFileSize().asLongValue(),
                config.maxLines(),
                config.chunkRows(),
                config.chunkSize().asLongValue());
        var plain = gzip ? gunzipped(body) : body;
        return transactions
                .inTenant(tenant, tx -> imports.beginUpload(tx, upload))
                .chain(() -> plain.onItem()
                        .transformToUniAndConcatenate(block -> store(tenant, upload, lines.add(block)))
                        .onItem()
                        .ignoreAsUni())
                .chain(() -> store(tenant, upload, lines.end()))
                .chain(() -> start(tenant, mapping, upload, lines.linesSoFar()))
                .onFailure()
                .call(() -> forget(tenant, upload));
    }

    private static Multi<byte[]> gunzipped(Multi<byte[]> packed) {
        var gunzip = new Gunzip();
        return packed.onItem()
                .transformToMultiAndConcatenate(piece -> {
                    gunzip.feed(piece);
                    return blocks(gunzip);
                })
                .onCompletion()
                .invoke(gunzip::end)
                .onTermination()
                .invoke(gunzip::close);
    }

    /** Made one by one, as they are asked for. */
    private static Multi<byte[]> blocks(Gunzip gunzip) {
        return Multi.createFrom().generator(() -> gunzip, (source, emitter) -> {
            var block = source.next();
            if (block == null) {
                emitter.complete();
            } else {
                emitter.emit(block);
            }
            return source;
        });
    }

    private Uni<Void> store(TenantId tenant, UUID upload, List<Chunk> chunks) {
        return Multi.createFrom()
                .iterable(chunks)
                .onItem()
                .transformToUniAndConcatenate(
                        chunk -> transactions.inTenant(tenant, tx -> imports.put(tx, upload, chunk)))
                .onItem()
                .ignoreAsUni();
    }

    private Uni<Job> start(TenantId tenant, @Nullable String mapping, UUID upload, long lines) {
        if (lines == 0) {
            throw INVALID.because("The file has no lines").at("", "must hold at least one row");
        }
        var input = handler.input(new ImportJob.Input(upload, mapping));
        return transactions.inTenant(
                tenant,
                tx -> jobs.create(tx, ImportJob.KIND, input, lines)
                        .call(job -> imports.handOver(tx, upload, job.id())));
    }

    /** Best effort: what is left is swept later. */
    private Uni<Void> forget(TenantId tenant, UUID upload) {
        return transactions
                .inTenant(tenant, tx -> imports.deleteUpload(tx, upload))
                .onFailure()
                .recoverWithUni(failure -> {
                    LOG.warnf("A broken upload of %s is left to the sweep: %s", tenant, failure);
                    return Uni.createFrom().voidItem();
                });
    }
}
