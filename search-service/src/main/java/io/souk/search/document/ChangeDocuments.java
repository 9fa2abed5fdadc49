package io.souk.search.document;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import io.souk.kit.event.Change;
import io.souk.kit.event.ChangeEvent;
import io.souk.kit.outbox.Outbox;
import io.souk.kit.tenant.TenantId;
import io.souk.kit.tenant.Transactions;
import io.souk.kit.tenant.Tx;
import io.souk.search.taxonomy.Names;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;

/**
 * Applies events to the parts of documents: one transaction and a fixed number of statements for a batch. The rows are locked
 * first; then what is not newer falls away, and what changes a document raises its version and is published.
 */
@ApplicationScoped
class ChangeDocuments {
    private static final Logger LOG = Logger.getLogger(ChangeDocuments.class);

    private final Transactions transactions;
    private final DocumentRepository documents;
    private final Names names;
    private final Outbox outbox;
    private final Counter trimmed;

    ChangeDocuments(
            Transactions transactions,
            DocumentRepository documents,
            Names names,
            Outbox outbox,
            MeterRegistry metrics) {
        this.transactions = transactions;
        this.documents = documents;
        this.names = names;
        this.outbox = outbox;
        this.trimmed = Counter.builder("souk.search.documents.trimmed")
                .description("Documents published with less than the product has, since they would be too large")
                .register(metrics);
    }

    Uni<Void> products(TenantId tenant, List<ChangeEvent<ProductState>> events) {
        var steps = Steps.of(events, DocumentParts::withProduct);
        return transactions.inTenant(
                tenant,
                tx -> documents.lock(tx, steps.products()).chain(before -> {
                    var moved = moved(before, steps::apply);
                    return named(tx, moved)
                            .chain(named ->
                                    write(tx, named, documents::writeProducts).chain(() -> writeCategories(tx, named)));
                }));
    }

    Uni<Void> prices(TenantId tenant, List<ChangeEvent<PriceState>> events) {
        var steps = Steps.of(events, DocumentParts::withPrices);
        return transactions.inTenant(
                tenant,
                tx -> documents
                        .lock(tx, steps.products())
                        .chain(before -> write(tx, moved(before, steps::apply), documents::writePrices)));
    }

    Uni<Void> availabilities(TenantId tenant, List<ChangeEvent<AvailabilityState>> events) {
        var steps = Steps.of(events, DocumentParts::withAvailability);
        return transactions.inTenant(
                tenant,
                tx -> documents
                        .lock(tx, steps.products())
                        .chain(before -> write(tx, moved(before, steps::apply), documents::writeAvailabilities)));
    }

    /** Gives these products the names that their brands and categories have now. */
    Uni<Void> names(Tx tx, SortedSet<UUID> products) {
        return documents
                .lock(tx, products)
                .chain(before -> named(
                        tx, before.stream().map(parts -> new Move(parts, parts)).toList()))
                .map(moves -> moves.stream().filter(Move::isMove).toList())
                .chain(moves -> write(tx, moves, documents::writeNames));
    }

    /** The parts of one product before and after. */
    private record Move(DocumentParts before, DocumentParts after) {
        boolean isMove() {
            return !before.equals(after);
        }

        Move withNames(Map<UUID, String> names) {
            return new Move(before, after.withNames(names));
        }

        /** With the version that the document has after it. */
        Move counted() {
            return new Move(before, after.after(before));
        }

        boolean changesCategories() {
            return !categories(before).equals(categories(after));
        }

        @Nullable
        Change change() {
            if (after.version() == before.version()) {
                return null;
            }
            @Nullable SearchDocument document = after.document();
            return document == null
                    ? Change.deleted(SearchDocuments.AGGREGATE, after.id(), after.version())
                    : Change.changed(
                            SearchDocuments.AGGREGATE, after.id(), after.version(), document.since(before.document()));
        }

        private static List<UUID> categories(DocumentParts parts) {
            return parts.product() == null ? List.of() : parts.product().categoryIds();
        }
    }

    /** How to write one of the parts. */
    @FunctionalInterface
    private interface Writer {
        Uni<Void> write(Tx tx, List<DocumentParts> documents);
    }

    /** What the events do to each product, in their order. */
    private record Steps(SortedMap<UUID, UnaryOperator<DocumentParts>> byProduct) {
        static <T> Steps of(
                List<ChangeEvent<T>> events, BiFunction<DocumentParts, ChangeEvent<T>, DocumentParts> apply) {
            var steps = new TreeMap<UUID, UnaryOperator<DocumentParts>>();
            for (var event : events) {
                UnaryOperator<DocumentParts> step = parts -> apply.apply(parts, event);
                steps.merge(
                        event.envelope().aggregateId(), step, (first, then) -> parts -> then.apply(first.apply(parts)));
            }
            return new Steps(steps);
        }

        SortedSet<UUID> products() {
            return new TreeSet<>(byProduct.keySet());
        }

        DocumentParts apply(DocumentParts parts) {
            return byProduct.getOrDefault(parts.id(), UnaryOperator.identity()).apply(parts);
        }
    }

    private static List<Move> moved(List<DocumentParts> before, UnaryOperator<DocumentParts> step) {
        return before.stream()
                .map(parts -> new Move(parts, step.apply(parts)))
                .filter(Move::isMove)
                .toList();
    }

    private Uni<List<Move>> named(Tx tx, List<Move> moves) {
        var ids = new HashSet<UUID>();
        moves.forEach(move -> ids.addAll(move.after().named()));
        return names.of(tx, ids)
                .map(known -> moves.stream().map(move -> move.withNames(known)).toList());
    }

    private Uni<Void> write(Tx tx, List<Move> moves, Writer writer) {
        if (moves.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        var counted = moves.stream().map(Move::counted).toList();
        var changes = new ArrayList<Change>();
        for (var move : counted) {
            @Nullable Change change = move.change();
            if (change != null) {
                changes.add(change);
                tellIfTrimmed(tx, move.after());
            }
        }
        return writer.write(tx, counted.stream().map(Move::after).toList()).chain(() -> outbox.appendAll(tx, changes));
    }

    private void tellIfTrimmed(Tx tx, DocumentParts parts) {
        if (parts.isTrimmed()) {
            trimmed.increment();
            LOG.warnf(
                    "Product %s of %s is too large to be searched as a whole: some of it is left out",
                    parts.id(), tx.tenant());
        }
    }

    private Uni<Void> writeCategories(Tx tx, List<Move> moves) {
        var changed =
                moves.stream().filter(Move::changesCategories).map(Move::after).toList();
        return changed.isEmpty() ? Uni.createFrom().voidItem() : documents.writeCategories(tx, changed);
    }
}
