package io.souk.search.document;

import io.smallrye.mutiny.Uni;
import io.souk.kit.event.AggregateType;
import io.souk.kit.event.Change;
import io.souk.kit.retelling.RetoldRows;
import io.souk.kit.tenant.Tx;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

import java.util.Collection;
import java.util.List;
import java.util.UUID;

/** Search documents, told once more. */
@ApplicationScoped
class DocumentRows implements RetoldRows {
    private final DocumentRepository documents;

    DocumentRows(DocumentRepository documents) {
        this.documents = documents;
    }

    @Override
    public AggregateType aggregate() {
        return SearchDocuments.AGGREGATE;
    }

    @Override
    public String table() {
        return "search_document";
    }

    @Override
    public String idColumn() {
        return "product_id";
    }

    @Override
    public Uni<List<Change>> lockAndTell(Tx tx, Collection<UUID> ids) {
        return documents
                .lockKnown(tx, ids)
                .map(found -> found.stream()
                        .filter(parts -> parts.version() > 0)
                        .map(DocumentRows::change)
                        .toList());
    }

    private static Change change(DocumentParts parts) {
        @Nullable SearchDocument document = parts.document();
        return document == null
                ? Change.deleted(SearchDocuments.AGGREGATE, parts.id(), parts.version())
                : Change.changed(SearchDocuments.AGGREGATE, parts.id(), parts.version(), document);
    }
}
