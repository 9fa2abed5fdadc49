package io.souk.search.query;

import java.util.Set;
import java.util.UUID;

/** One condition that every found product fulfils. Several values of one filter are alternatives; no value, no product. */
public sealed interface Filter {

    /** In one of these categories. The caller has added the descendants. */
    record InCategories(Set<UUID> ids) implements Filter {
        public InCategories {
            ids = Set.copyOf(ids);
        }
    }

    /** Of one of these brands, named by id or by name; case and accents of a name do not matter. */
    record OfBrands(Set<UUID> ids, Set<String> names) implements Filter {
        public OfBrands {
            ids = Set.copyOf(ids);
            names = Set.copyOf(names);
        }
    }

    /** Of one of these product types. */
    record OfTypes(Set<String> names) implements Filter {
        public OfTypes {
            names = Set.copyOf(names);
        }
    }

    /** With a variant whose price in that currency lies between the two, both included, in minor units. */
    record PricedBetween(String currency, long minMinor, long maxMinor) implements Filter {}

    /** With one of these values of an attribute, as they are written in the product. */
    record WithAttribute(String name, Set<String> values) implements Filter {
        public WithAttribute {
            values = Set.copyOf(values);
        }
    }
}
