package io.souk.catalog.price;

import com.fasterxml.jackson.databind.JsonNode;
import io.souk.catalog.input.Faults;
import io.souk.catalog.input.Pointers;
import io.souk.catalog.product.Product;
import io.souk.catalog.product.Variant;
import io.souk.kit.money.Money;
import io.souk.kit.sku.Sku;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Turns what was sent into prices of a product's variants. */
public final class PriceRules {
    private final Faults faults;
    private final Map<UUID, Variant> byId = new HashMap<>();
    private final Map<String, Variant> bySku = new HashMap<>();
    private final Map<Price.Key, String> seen = new HashMap<>();

    private PriceRules(Product product, Faults faults) {
        this.faults = faults;
        for (var variant : product.content().variants()) {
            byId.put(variant.id(), variant);
            bySku.put(variant.sku().key(), variant);
        }
    }

    /** The prices that a request describes; worth something only while {@code faults} has none. */
    static List<Price> prices(PriceListRequest request, Product product, Faults faults) {
        if (request.prices() == null) {
            faults.at("/prices", "is required");
            return List.of();
        }
        if (request.prices().size() > PriceList.MAX_PRICES) {
            faults.at("/prices", "must not hold more than " + PriceList.MAX_PRICES);
            return List.of();
        }
        return new PriceRules(product, faults).prices(request.prices());
    }

    private List<Price> prices(List<PriceListRequest.@Nullable PriceRequest> sent) {
        var prices = new ArrayList<Price>(sent.size());
        for (int i = 0; i < sent.size(); i++) {
            var at = Pointers.child("/prices", i);
            var entry = sent.get(i);
            if (entry == null) {
                faults.at(at, "must not be null");
            } else {
                price(at, entry).ifPresent(prices::add);
            }
        }
        return prices;
    }

    private Optional<Price> price(String at, PriceListRequest.PriceRequest sent) {
        var variant = variant(at, sent);
        var money = money(faults, at, sent.amount(), sent.currency());
        if (variant == null || money.isEmpty()) {
            return Optional.empty();
        }
        var price = new Price(variant.id(), variant.sku(), money.get());
        var twin = seen.putIfAbsent(price.key(), at);
        if (twin != null) {
            faults.at(at, "is a second price for the variant and currency of " + twin);
        }
        return Optional.of(price);
    }

    private @Nullable Variant variant(String at, PriceListRequest.PriceRequest sent) {
        if (sent.variantId() == null && sent.sku() == null) {
            faults.at(at, "must name a variant by variantId or sku");
            return null;
        }
        var id = sent.variantId();
        var sku = sent.sku();
        var variant = id != null ? byId.get(id) : sku != null ? bySku.get(Sku.key(sku)) : null;
        if (variant == null) {
            faults.at(at + (id != null ? "/variantId" : "/sku"), "is no variant of this product");
        } else if (sku != null && !variant.sku().key().equals(Sku.key(sku))) {
            faults.at(at + "/sku", "is another variant than variantId");
        }
        return variant;
    }

    /** A price that stands in a document as {@code {"amount": 450, "currency": "USD"}}; empty, with the faults named, else. */
    public static Optional<Money> money(Faults faults, String at, JsonNode sent) {
        if (!sent.isObject()) {
            faults.at(at, "must be an object");
            return Optional.empty();
        }
        sent.fieldNames().forEachRemaining(name -> {
            if (!name.equals("amount") && !name.equals("currency")) {
                faults.at(Pointers.child(at, name), "is not a field of a price");
            }
        });
        var amount = sent.path("amount");
        if (!amount.isMissingNode() && !(amount.isIntegralNumber() && amount.canConvertToLong())) {
            faults.at(at + "/amount", "must be a whole number within range");
            return Optional.empty();
        }
        return money(
                faults,
                at,
                amount.isMissingNode() ? null : amount.longValue(),
                sent.path("currency").textValue());
    }

    /** Empty, with the faults named, unless amount and currency make a price. */
    static Optional<Money> money(Faults faults, String at, @Nullable Long amount, @Nullable String currency) {
        if (amount == null) {
            faults.at(at + "/amount", "is required");
        } else if (amount < 0 || amount > Price.MAX_AMOUNT) {
            faults.at(at + "/amount", "must be between 0 and " + Price.MAX_AMOUNT + " minor units");
        }
        if (currency == null) {
            faults.at(at + "/currency", "is required");
        } else if (!Money.isCurrency(currency)) {
            faults.at(at + "/currency", "is no ISO 4217 currency");
        }
        return amount != null
                        && amount >= 0
                        && amount <= Price.MAX_AMOUNT
                        && currency != null
                        && Money.isCurrency(currency)
                ? Optional.of(new Money(amount, currency))
                : Optional.empty();
    }
}
