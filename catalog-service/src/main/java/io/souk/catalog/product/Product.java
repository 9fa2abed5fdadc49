package io.souk.catalog.product;

import io.souk.catalog.CatalogProblem;
import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

/**
 * One version of a product. Its operations answer with the next version, or with itself when nothing changes.
 *
 * @param publishedAt when it was last made public; null if never
 */
public record Product(
        UUID id,
        long version,
        ProductStatus status,
        ProductContent content,
        Instant createdAt,
        Instant updatedAt,
        @Nullable Instant publishedAt) {

    /** A new draft: seen by nobody but the tenant's staff. */
    public static Product draft(UUID id, ProductContent content, Instant at) {
        return new Product(id, 1, ProductStatus.DRAFT, content, at, at, null);
    }

    /** A published product may not lose its last variant: 409. */
    public Product edit(ProductContent to, Instant at) {
        if (status == ProductStatus.PUBLISHED) {
            requirePublishable(to);
        }
        return to.equals(content) ? this : new Product(id, version + 1, status, to, createdAt, at, publishedAt);
    }

    /** Legal from every state, archived too; 409 without a variant, because there would be nothing to sell. */
    public Product publish(Instant at) {
        requirePublishable(content);
        return status == ProductStatus.PUBLISHED
                ? this
                : new Product(id, version + 1, ProductStatus.PUBLISHED, content, createdAt, at, at);
    }

    /** Takes it off the shelf for good or for a while; what refers to it goes on finding it. */
    public Product archive(Instant at) {
        return status == ProductStatus.ARCHIVED
                ? this
                : new Product(id, version + 1, ProductStatus.ARCHIVED, content, createdAt, at, publishedAt);
    }

    /** The same with that version: several edits in one transaction become one version. */
    public Product asVersion(long number) {
        return new Product(id, number, status, content, createdAt, updatedAt, publishedAt);
    }

    /** The names of the fields in which this version differs from another, as the event spells them. */
    Set<String> changedSince(@Nullable Product before) {
        var changed = new LinkedHashSet<String>();
        var old = before == null ? null : before.content;
        note(changed, "status", before == null ? null : before.status, status);
        note(changed, "name", old == null ? null : old.name(), content.name());
        note(changed, "description", old == null ? null : old.description(), content.description());
        note(changed, "slug", old == null ? null : old.slug(), content.slug());
        note(changed, "type", old == null ? null : old.type(), content.type());
        note(changed, "brandId", old == null ? null : old.brandId(), content.brandId());
        note(changed, "categoryIds", old == null ? null : old.categoryIds(), content.categoryIds());
        note(changed, "tags", old == null ? null : old.tags(), content.tags());
        note(changed, "attributes", old == null ? null : old.attributes(), content.attributes());
        note(changed, "media", old == null ? null : old.media(), content.media());
        note(changed, "variants", old == null ? null : old.variants(), content.variants());
        return changed;
    }

    private static void note(Set<String> changed, String field, @Nullable Object before, @Nullable Object after) {
        if (!Objects.equals(before, after)) {
            changed.add(field);
        }
    }

    private static void requirePublishable(ProductContent content) {
        if (content.variants().isEmpty()) {
            throw CatalogProblem.NOT_PUBLISHABLE
                    .because("A published product has at least one variant")
                    .at("/variants", "must hold at least one variant");
        }
    }
}
