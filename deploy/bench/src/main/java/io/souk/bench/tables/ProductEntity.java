package io.souk.bench.tables;

import jakarta.persistence.CollectionTable;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.OneToMany;
import jakarta.persistence.Table;
import org.hibernate.annotations.ColumnTransformer;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;

import java.time.OffsetDateTime;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** With its variants and categories. Hibernate fills it. */
@Entity
@Immutable
@Table(name = "product")
@SuppressWarnings("NullAway.Init")
class ProductEntity {
    @EmbeddedId
    Key key;

    long version;
    String status;
    String name;

    @Nullable
    String description;

    String slug;

    @Nullable
    String type;

    @Column(name = "brand_id")
    @Nullable
    UUID brandId;

    @ColumnTransformer(read = "cast(tags as text)")
    String tags;

    @ColumnTransformer(read = "cast(attributes as text)")
    String attributes;

    @ColumnTransformer(read = "cast(media as text)")
    String media;

    @Column(name = "created_at")
    OffsetDateTime createdAt;

    @Column(name = "updated_at")
    OffsetDateTime updatedAt;

    @Column(name = "published_at")
    @Nullable
    OffsetDateTime publishedAt;

    @Column(name = "deleted_at")
    @Nullable
    OffsetDateTime deletedAt;

    @ElementCollection(fetch = FetchType.EAGER)
    @CollectionTable(
            name = "product_category",
            joinColumns = {
                @JoinColumn(name = "tenant", referencedColumnName = "tenant"),
                @JoinColumn(name = "product_id", referencedColumnName = "id")
            })
    Set<Category> categories = new LinkedHashSet<>();

    @OneToMany(fetch = FetchType.EAGER)
    @JoinColumn(name = "tenant", referencedColumnName = "tenant", insertable = false, updatable = false)
    @JoinColumn(name = "product_id", referencedColumnName = "id", insertable = false, updatable = false)
    Set<VariantEntity> variants = new LinkedHashSet<>();

    /** Its place, and which one. */
    @Embeddable
    record Category(
            @Column(name = "position") int position,
            @Column(name = "category_id") UUID id) {}

    TableCard.Product part() {
        return new TableCard.Product(
                key.id(),
                version,
                status,
                name,
                description,
                slug,
                type,
                brandId,
                categories.stream()
                        .sorted(Comparator.comparingInt(Category::position))
                        .map(Category::id)
                        .toList(),
                tags,
                attributes,
                media,
                inOrder().stream().map(VariantEntity::part).toList(),
                createdAt.toInstant(),
                updatedAt.toInstant(),
                publishedAt == null ? null : publishedAt.toInstant());
    }

    List<VariantEntity> inOrder() {
        return variants.stream()
                .sorted(Comparator.comparingInt(variant -> variant.position))
                .toList();
    }
}
