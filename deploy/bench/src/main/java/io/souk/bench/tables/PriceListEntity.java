package io.souk.bench.tables;

import jakarta.persistence.AttributeOverride;
import jakarta.persistence.CollectionTable;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.Table;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;

import java.time.OffsetDateTime;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.UUID;

/** With its prices. Hibernate fills it. */
@Entity
@Immutable
@Table(name = "price_list")
@SuppressWarnings("NullAway.Init")
class PriceListEntity {
    @EmbeddedId
    @AttributeOverride(name = "id", column = @Column(name = "product_id"))
    Key key;

    long version;

    @Column(name = "deleted_at")
    @Nullable
    OffsetDateTime deletedAt;

    @ElementCollection(fetch = FetchType.EAGER)
    @CollectionTable(
            name = "price",
            joinColumns = {
                @JoinColumn(name = "tenant", referencedColumnName = "tenant"),
                @JoinColumn(name = "product_id", referencedColumnName = "product_id")
            })
    Set<Price> prices = new LinkedHashSet<>();

    /** Of a variant in a currency. */
    @Embeddable
    record Price(
            @Column(name = "variant_id") UUID variantId,
            @Column(name = "currency") String currency,
            @Column(name = "sku") String sku,
            @Column(name = "amount") long amount) {}

    /** In the order of the product's variants. */
    TableCard.Prices part(ProductEntity product) {
        var order = product.inOrder().stream().map(variant -> variant.key.id()).toList();
        return new TableCard.Prices(
                key.id(),
                version,
                prices.stream()
                        .sorted(Comparator.comparingInt((Price price) -> order.indexOf(price.variantId()))
                                .thenComparing(Price::currency))
                        .map(price ->
                                new TableCard.Price(price.variantId(), price.sku(), price.amount(), price.currency()))
                        .toList());
    }
}
