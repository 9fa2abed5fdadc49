package io.souk.search.query;

import io.souk.search.taxonomy.CategoryTree;
import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.UUID;

/**
 * A question for counts. Facets are disjunctive: the filter on a facet's own dimension does not narrow its counts, every
 * other filter and the text do. A count is the number of products that the same query with this one value would find.
 */
public sealed interface Facet {
    /** The name under which the answer lists it. */
    String name();

    /** At most so many values, the most frequent ones. */
    int size();

    /** Whether that filter is on this facet's own dimension. */
    boolean isNarrowedBy(Filter filter);

    /** Categories; a product counts for its own and for all above them, once for each. */
    record ByCategory(int size, CategoryTree tree) implements Facet {
        @Override
        public String name() {
            return "category";
        }

        @Override
        public boolean isNarrowedBy(Filter filter) {
            return filter instanceof Filter.InCategories;
        }
    }

    record ByBrand(int size) implements Facet {
        @Override
        public String name() {
            return "brand";
        }

        @Override
        public boolean isNarrowedBy(Filter filter) {
            return filter instanceof Filter.OfBrands;
        }
    }

    record ByType(int size) implements Facet {
        @Override
        public String name() {
            return "type";
        }

        @Override
        public boolean isNarrowedBy(Filter filter) {
            return filter instanceof Filter.OfTypes;
        }
    }

    /** Ranges of prices in one currency. A product counts for each range that holds the price of one of its variants. */
    record ByPrice(String currency, PriceRanges ranges) implements Facet {
        @Override
        public String name() {
            return "price";
        }

        @Override
        public int size() {
            return ranges.count();
        }

        @Override
        public boolean isNarrowedBy(Filter filter) {
            return filter instanceof Filter.PricedBetween;
        }
    }

    record ByAttribute(String attribute, int size) implements Facet {
        @Override
        public String name() {
            return "attr." + attribute;
        }

        @Override
        public boolean isNarrowedBy(Filter filter) {
            return filter instanceof Filter.WithAttribute with && with.name().equals(attribute);
        }
    }

    /** What a facet counted. */
    sealed interface Count {
        int products();

        record OfCategory(UUID id, int products) implements Count {}

        /** A brand; without a name until search has heard what it is called. */
        record OfBrand(UUID id, @Nullable String name, int products) implements Count {}

        /** A product type or the value of an attribute. */
        record OfWord(String word, int products) implements Count {}

        /** From the first minor unit on, up to and without the second; {@code Long.MAX_VALUE} is open. */
        record OfPrices(long fromMinor, long toMinor, int products) implements Count {}
    }

    record Counts(Facet facet, List<Count> values) {
        public Counts {
            values = List.copyOf(values);
        }
    }
}
