package io.souk.orders.price;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.souk.kit.money.Money;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

import java.text.Normalizer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

import static io.souk.kit.problem.KitProblem.UNAVAILABLE;

/** What is for sale under some SKUs, and at which price, as the catalogue's database says at this moment. */
@ApplicationScoped
public class FindOffers {
    private static final Logger LOG = Logger.getLogger(FindOffers.class);

    /** Keeps the address of the request well below the 8 KiB that servers take. */
    private static final int SKUS_PER_REQUEST = 25;

    private static final String PUBLISHED = "PUBLISHED";

    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

    private final AskCatalogue catalogue;

    FindOffers(AskCatalogue catalogue) {
        this.catalogue = catalogue;
    }

    /**
     * The offers found, by {@link #key} of their SKU; those that are not for sale are missing. 503 when the catalogue does
     * not answer.
     *
     * @param bearer the Authorization header of the request on whose behalf is asked
     */
    public Uni<Map<String, Offer>> find(Collection<String> skus, String currency, String bearer) {
        return Multi.createFrom()
                .iterable(groups(skus))
                .onItem()
                .transformToUniAndConcatenate(group -> catalogue.bySku(String.join(",", group), bearer))
                .collect()
                .asList()
                .map(answers -> offers(answers, currency))
                .onFailure()
                .transform(FindOffers::unavailable);
    }

    /** SKUs are told apart as the catalogue does it: without case, compatibility forms (NFKC) folded. */
    public static String key(String sku) {
        return Normalizer.normalize(sku.strip(), Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
    }

    private static List<List<String>> groups(Collection<String> skus) {
        var all = List.copyOf(skus);
        List<List<String>> groups = new ArrayList<>();
        for (int from = 0; from < all.size(); from += SKUS_PER_REQUEST) {
            groups.add(all.subList(from, Math.min(from + SKUS_PER_REQUEST, all.size())));
        }
        return groups;
    }

    private static Map<String, Offer> offers(List<CatalogueCards> answers, String currency) {
        Map<String, Offer> offers = new HashMap<>();
        answers.stream().flatMap(answer -> answer.items().stream()).forEach(card -> {
            if (!card.product().status().equals(PUBLISHED)) {
                return; // shown to an admin, but not for sale
            }
            var prices = inCurrency(card.prices(), currency);
            for (var variant : card.product().variants()) {
                var offer = new Offer(card.product().id(), variant.id(), variant.sku(), prices.get(variant.id()));
                offers.put(key(variant.sku()), offer);
            }
        });
        return offers;
    }

    private static Map<UUID, Money> inCurrency(CatalogueCards.@Nullable PriceList list, String currency) {
        if (list == null) {
            return Map.of();
        }
        return list.prices().stream()
                .filter(price -> price.currency().equals(currency))
                .collect(Collectors.toMap(
                        CatalogueCards.Price::variantId, price -> new Money(price.amount(), price.currency())));
    }

    private static Throwable unavailable(Throwable failure) {
        LOG.warnf("the catalogue did not tell the prices of an order: %s", failure);
        return UNAVAILABLE
                .because("The prices cannot be checked at present; nothing was ordered")
                .retryAfter(RETRY_AFTER);
    }
}
