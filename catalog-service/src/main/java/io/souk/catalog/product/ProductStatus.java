package io.souk.catalog.product;

/** Where a product stands: only a published one is seen by anyone but the tenant's own staff. */
public enum ProductStatus {
    DRAFT,
    PUBLISHED,
    ARCHIVED
}
