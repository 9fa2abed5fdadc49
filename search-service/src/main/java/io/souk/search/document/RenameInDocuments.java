package io.souk.search.document;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.souk.kit.tenant.TenantId;
import io.souk.kit.tenant.Transactions;
import io.souk.search.taxonomy.NameReaders;
import io.souk.search.taxonomy.NamedThings;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;

/** Gives documents the new name of their brand or category, page by page, each page in a transaction of its own. */
@ApplicationScoped
class RenameInDocuments implements NameReaders {
    /** Documents per transaction: a brand may have all of a tenant's. */
    private static final int PAGE = 500;

    private static final UUID BEFORE_ALL = new UUID(0, 0);

    private final Transactions transactions;
    private final DocumentRepository documents;
    private final ChangeDocuments changeDocuments;

    RenameInDocuments(Transactions transactions, DocumentRepository documents, ChangeDocuments changeDocuments) {
        this.transactions = transactions;
        this.documents = documents;
        this.changeDocuments = changeDocuments;
    }

    @Override
    public Uni<Void> renamed(TenantId tenant, NamedThings things, Set<UUID> ids) {
        var after = new AtomicReference<>(BEFORE_ALL);
        return Multi.createBy()
                .repeating()
                .uni(() -> page(tenant, things, ids, after.get())
                        .invoke(page -> after.set(page.isEmpty() ? after.get() : page.getLast())))
                .whilst(page -> page.size() == PAGE)
                .collect()
                .last()
                .replaceWithVoid();
    }

    private Uni<List<UUID>> page(TenantId tenant, NamedThings things, Set<UUID> ids, UUID after) {
        return transactions.inTenant(
                tenant,
                tx -> documents
                        .showing(tx, things, ids, after, PAGE)
                        .call(page -> page.isEmpty()
                                ? Uni.createFrom().voidItem()
                                : changeDocuments.names(tx, new TreeSet<>(page))));
    }
}
