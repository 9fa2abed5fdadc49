package io.souk.orders.price;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.souk.kit.sku.Sku;
import io.souk.orders.peer.Peer;
import io.souk.orders.peer.PeerFailures;
import io.souk.orders.peer.PeerRefusal;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which variants that were sold the catalogue still has. */
@ApplicationScoped
public class FindVariants {
    private static final int NOT_FOUND = 404;

    /** Questions at once: an eighth of what one replica asks of the catalogue, so that checkouts have the rest. */
    private static final int AT_ONCE = 8;

    private final AskCatalogue catalogue;
    private final PeerFailures failures;

    FindVariants(AskCatalogue catalogue, PeerFailures failures) {
        this.catalogue = catalogue;
        this.failures = failures;
    }

    /**
     * The ids of those that there are, published or not, under whichever SKU. Asked by SKU, since most keep theirs, and
     * the others one by one by their product. Fails as {@link PeerFailures} says.
     *
     * @param bearer the Authorization header of an admin: nobody else sees what is not published
     */
    public Uni<Set<UUID>> existing(Collection<SoldVariant> sold, String bearer) {
        return sold.isEmpty()
                ? Uni.createFrom().item(Set.of())
                : bySku(sold, bearer)
                        .chain(known -> byId(sold, known, bearer))
                        .onFailure()
                        .transform(failure -> failures.told(Peer.CATALOGUE, failure));
    }

    private Uni<Set<UUID>> bySku(Collection<SoldVariant> sold, String bearer) {
        var skus = sold.stream()
                .map(variant -> new Sku(variant.sku()))
                .collect(Collectors.toMap(Sku::key, sku -> sku, (first, _) -> first))
                .values();
        return Multi.createFrom()
                .iterable(SkuGroups.of(skus))
                .onItem()
                .transformToUni(group -> catalogue.bySku(group, bearer))
                .merge(AT_ONCE)
                .collect()
                .asList()
                .map(answers -> variants(answers.stream().flatMap(answer -> answer.items().stream())));
    }

    /** The rest of them: renamed, or gone. */
    private Uni<Set<UUID>> byId(Collection<SoldVariant> sold, Set<UUID> known, String bearer) {
        var products = sold.stream()
                .filter(variant -> !known.contains(variant.variantId()))
                .map(SoldVariant::productId)
                .distinct()
                .toList();
        return Multi.createFrom()
                .iterable(products)
                .onItem()
                .transformToUni(product -> byId(product, bearer))
                .merge(AT_ONCE)
                .collect()
                .asList()
                .map(found -> {
                    var all = new HashSet<>(known);
                    all.addAll(variants(found.stream().flatMap(List::stream)));
                    return all;
                });
    }

    private Uni<List<CatalogueCards.Card>> byId(UUID product, String bearer) {
        return catalogue
                .byId(product, bearer)
                .map(List::of)
                .onFailure(failure -> failure instanceof PeerRefusal refusal && refusal.status() == NOT_FOUND)
                .recoverWithItem(List.of());
    }

    private static Set<UUID> variants(Stream<CatalogueCards.Card> cards) {
        return cards.flatMap(card -> card.product().variants().stream())
                .map(CatalogueCards.Variant::id)
                .collect(Collectors.toSet());
    }
}
