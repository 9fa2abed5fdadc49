package io.souk.catalog.imports;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.souk.catalog.input.Fault;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.UUID;

/** What became of one row, as it is read. */
@RegisterForReflection
@Schema(name = "ImportRecord")
public record ImportRecordView(
        @Schema(description = "Counted from 1") long line,
        Outcome outcome,
        @Nullable UUID productId,
        @Nullable String sku,

        @Schema(description = "Why it was refused; pointers into the row as it was sent")
        List<Fault> reasons,

        @Schema(description = "What of it was left out, and why")
        List<Fault> notes) {
    static ImportRecordView of(ImportRecord row) {
        return new ImportRecordView(row.line(), row.outcome(), row.productId(), row.sku(), row.reasons(), row.notes());
    }
}
