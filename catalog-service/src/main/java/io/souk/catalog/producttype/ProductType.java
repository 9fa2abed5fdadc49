package io.souk.catalog.producttype;

import com.fasterxml.jackson.databind.node.ObjectNode;

import java.util.UUID;
import java.util.regex.Pattern;

/**
 * One version of a product type.
 *
 * @param name how products and imports refer to it; never changed
 * @param shipped comes with the catalogue: the same for every tenant, and not theirs to change
 */
public record ProductType(UUID id, long version, String name, String title, ObjectNode schema, boolean shipped) {
    static final int MAX_NAME = 64;
    static final int MAX_TITLE = 200;
    static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");

    /** The next version, or this one when nothing changes. */
    ProductType edit(String newTitle, ObjectNode newSchema) {
        return title.equals(newTitle) && schema.equals(newSchema)
                ? this
                : new ProductType(id, version + 1, name, newTitle, newSchema, shipped);
    }
}
