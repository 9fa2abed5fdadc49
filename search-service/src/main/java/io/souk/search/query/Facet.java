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
    /** At most so many values, the most frequent ones. */
    int size();

    /** Categories; a product counts for its own and for all above them, once for each. */
    record ByCategory(int size, CategoryTree tree) implements Facet {}

    record ByBrand(int size) implements Facet {}

    record ByType(int size) implements Facet {}

    /** Ranges of prices in one currency. A product counts for each range that holds the price of one of its variants. */
    record ByPrice(String currency, PriceRanges ranges) implements Facet {
        @Override
        public int size() {
            return ranges.count();
        }
    }

    record ByAttribute(String attribute, int size) implements Facet {}

    /** The name under which the answer lists it. */
    default String name() {
        return switch (this) {
            case ByCategory _ -> "category";
            case ByBrand _ -> "brand";
            case ByType _ -> "type";
            case ByPrice _ -> "price";
            case ByAttribute named -> "attr." + named.attribute();
        };
    }

    /** Whether that filter is on this facet's own dimension. */
    default boolean isNarrowedBy(Filter filter) {
        return switch (this) {
            case ByCategory _ -> filter instanceof Filter.InCategories;
            case ByBrand _ -> filter instanceof Filter.OfBrands;
            case ByType _ -> filter instanceof Filter.OfTypes;
            case ByPrice _ -> filter instanceof Filter.PricedBetween;
            case ByAttribute named ->
                filter instanceof Filter.WithAttribute with && with.name().equals(named.attribute());
        };
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
