package io.souk.bench.tables;

import jakarta.persistence.CollectionTable;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.Table;
import org.hibernate.annotations.ColumnTransformer;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;

import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.Set;

/** With its GTINs. Hibernate fills it. */
@Entity
@Immutable
@Table(name = "variant")
@SuppressWarnings("NullAway.Init")
class VariantEntity {
    @EmbeddedId
    Key key;

    int position;
    String sku;

    @Nullable
    String name;

    @ColumnTransformer(read = "cast(options as text)")
    String options;

    @ElementCollection(fetch = FetchType.EAGER)
    @CollectionTable(
            name = "gtin",
            joinColumns = {
                @JoinColumn(name = "tenant", referencedColumnName = "tenant"),
                @JoinColumn(name = "variant_id", referencedColumnName = "id")
            })
    Set<Gtin> gtins = new LinkedHashSet<>();

    /** Its place, and which one. */
    @Embeddable
    record Gtin(
            @Column(name = "position") int position,
            @Column(name = "gtin") String gtin) {}

    TableCard.Variant part() {
        return new TableCard.Variant(
                key.id(),
                sku,
                name,
                options,
                gtins.stream()
                        .sorted(Comparator.comparingInt(Gtin::position))
                        .map(Gtin::gtin)
                        .toList());
    }
}
