package io.souk.catalog;

import io.souk.kit.problem.ProblemCode;

/** How the catalogue refuses, beyond what every service shares. Each has an entry in docs/errors.md. */
public enum CatalogProblem implements ProblemCode {
    DUPLICATE_SKU(409, "duplicate-sku", "Another variant has this SKU"),
    DUPLICATE_GTIN(409, "duplicate-gtin", "Another variant has this GTIN"),
    DUPLICATE_SLUG(409, "duplicate-slug", "Another product has this slug"),
    DUPLICATE_NAME(409, "duplicate-name", "The name is taken"),
    IN_USE(409, "in-use", "Other things still refer to this one"),
    PRODUCT_IN_USE(409, "product-in-use", "Stock of its variants is on hand"),
    NOT_PUBLISHABLE(409, "not-publishable", "The product lacks what publishing needs"),
    CATEGORY_CYCLE(422, "category-cycle", "A category cannot lie below itself"),
    UNKNOWN_MAPPING(422, "unknown-mapping", "No import mapping has this name");

    private final int status;
    private final String slug;
    private final String title;

    CatalogProblem(int status, String slug, String title) {
        this.status = status;
        this.slug = slug;
        this.title = title;
    }

    @Override
    public int status() {
        return status;
    }

    @Override
    public String slug() {
        return slug;
    }

    @Override
    public String title() {
        return title;
    }
}
