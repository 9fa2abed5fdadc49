package io.souk.orders.price;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.souk.kit.money.Money;
import io.souk.kit.sku.Sku;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/** What is for sale under some SKUs, and at which price, as the catalogue's database says at this moment. */
@ApplicationScoped
public class FindOffers {
    /** Keeps the address of a request below the 8 KiB that servers take; a SKU of 100 characters has at most 1,200. */
    private static final int ENCODED_CHARS_PER_REQUEST = 6_000;

    /** Short SKUs too: an answer has a whole product for each. */
    private static final int SKUS_PER_REQUEST = 25;

    private static final String PUBLISHED = "PUBLISHED";

    private final AskCatalogue catalogue;
    private final CatalogueFailures failures;

    FindOffers(AskCatalogue catalogue, CatalogueFailures failures) {
        this.catalogue = catalogue;
        this.failures = failures;
    }

    /**
     * The offers found, by the key of their SKU; those that are not for sale are missing. Fails as
     * {@link CatalogueFailures} says.
     *
     * @param bearer the Authorization header of the request on whose behalf is asked
     */
    public Uni<Map<String, Offer>> find(Collection<Sku> skus, String currency, String bearer) {
        return Multi.createFrom()
                .iterable(groups(skus))
                .onItem()
                .transformToUniAndConcatenate(group -> catalogue.bySku(String.join(",", group), bearer))
                .collect()
                .asList()
                .onFailure()
                .transform(failures::told)
                .map(answers -> offers(answers, currency));
    }

    private static List<List<String>> groups(Collection<Sku> skus) {
        List<List<String>> groups = new ArrayList<>();
        List<String> group = new ArrayList<>();
        int chars = 0;
        for (var sku : skus) {
            int encoded = URLEncoder.encode(sku.value(), StandardCharsets.UTF_8).length() + "%2C".length();
            if (group.size() == SKUS_PER_REQUEST || chars + encoded > ENCODED_CHARS_PER_REQUEST) {
                groups.add(group);
                group = new ArrayList<>();
                chars = 0;
            }
            group.add(sku.value());
            chars += encoded;
        }
        groups.add(group);
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
                offers.put(Sku.key(variant.sku()), offer);
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
}
