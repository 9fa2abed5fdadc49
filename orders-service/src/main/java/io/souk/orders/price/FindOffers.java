package io.souk.orders.price;

import io.smallrye.mutiny.Uni;
import io.souk.kit.money.Money;
import io.souk.kit.sku.Sku;
import io.souk.kit.tenant.TenantId;
import io.souk.orders.peer.Peer;
import io.souk.orders.peer.PeerFailures;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/** What is for sale under some SKUs, and at which price, as the catalogue's database says at this moment. */
@ApplicationScoped
public class FindOffers {
    private static final String PUBLISHED = "PUBLISHED";

    private final GatherQuestions questions;
    private final PeerFailures failures;

    FindOffers(GatherQuestions questions, PeerFailures failures) {
        this.questions = questions;
        this.failures = failures;
    }

    /**
     * The offers found, by the key of their SKU; those that are not for sale are missing. Fails as
     * {@link PeerFailures} says.
     *
     * @param bearer the Authorization header of the request on whose behalf is asked
     */
    public Uni<Map<String, Offer>> find(TenantId tenant, Collection<Sku> skus, String currency, String bearer) {
        return ask(tenant, skus, bearer).map(cards -> offers(cards, currency));
    }

    /** As {@link #find(TenantId, Collection, String, String)}, whatever it costs: the offers say no price. */
    public Uni<Map<String, Offer>> find(TenantId tenant, Collection<Sku> skus, String bearer) {
        return ask(tenant, skus, bearer).map(cards -> offers(cards, null));
    }

    private Uni<List<CatalogueCards.Card>> ask(TenantId tenant, Collection<Sku> skus, String bearer) {
        return questions
                .cards(tenant, skus, bearer)
                .onFailure()
                .transform(failure -> failures.told(Peer.CATALOGUE, failure));
    }

    private static Map<String, Offer> offers(List<CatalogueCards.Card> cards, @Nullable String currency) {
        Map<String, Offer> offers = new HashMap<>();
        cards.forEach(card -> {
            if (!card.product().status().equals(PUBLISHED)) {
                return; // shown to an admin, but not for sale
            }
            var list = card.prices();
            var prices = inCurrency(list, currency);
            long version = list == null ? 0 : list.version();
            for (var variant : card.product().variants()) {
                var offer = new Offer(
                        card.product().id(),
                        card.product().type(),
                        variant.id(),
                        variant.sku(),
                        prices.get(variant.id()),
                        version);
                offers.put(Sku.key(variant.sku()), offer);
            }
        });
        return offers;
    }

    private static Map<UUID, Money> inCurrency(CatalogueCards.@Nullable PriceList list, @Nullable String currency) {
        if (list == null || currency == null) {
            return Map.of();
        }
        return list.prices().stream()
                .filter(price -> price.currency().equals(currency))
                .collect(Collectors.toMap(
                        CatalogueCards.Price::variantId, price -> new Money(price.amount(), price.currency())));
    }
}
