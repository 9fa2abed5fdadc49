package io.souk.search.document;

import com.fasterxml.jackson.databind.JsonNode;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Keeps documents small enough to be published as one event, which may have 900 KiB. The catalogue's product and its prices may
 * have as much each, so what is put together of them may have more. What does not fit is left out: a product that cannot be
 * found by its 2,000th option is better than one that cannot be found.
 *
 * <p>Sizes are in characters of text, which have at most three bytes each, and are the same for the same document always.
 */
final class DocumentBounds {
    static final int MAX_DESCRIPTION = 20_000;
    static final int MAX_ATTRIBUTES = 65_000;
    static final int MAX_VARIANTS = 150_000;

    /** Beyond these, only the lowest and the highest price of each currency are kept. */
    static final int MAX_PRICES = 1_000;

    /** What quotes, commas, names of fields and an id take beside the text itself. */
    private static final int PER_VARIANT = 80;

    private static final int PER_TEXT = 6;

    private DocumentBounds() {}

    /** The document, or one that says less when it is too large; the very same when nothing has to be left out. */
    static SearchDocument within(SearchDocument document) {
        var description = head(document.description());
        var attributes = attributes(document.attributes());
        var variants = variants(document.variants());
        var prices = prices(document.prices());
        boolean fits = description.length() == document.description().length()
                && attributes.size() == document.attributes().size()
                && variants.equals(document.variants())
                && prices.size() == document.prices().size();
        return fits ? document : document.with(description, attributes, variants, prices);
    }

    private static String head(String text) {
        if (text.length() <= MAX_DESCRIPTION) {
            return text;
        }
        boolean splits = Character.isHighSurrogate(text.charAt(MAX_DESCRIPTION - 1));
        return text.substring(0, splits ? MAX_DESCRIPTION - 1 : MAX_DESCRIPTION);
    }

    /** In the order of their names, so that which ones are left out does not depend on a map's whims; none is cut into. */
    private static Map<String, JsonNode> attributes(Map<String, JsonNode> attributes) {
        var kept = new TreeMap<String, JsonNode>();
        int left = MAX_ATTRIBUTES;
        for (var attribute : new TreeMap<>(attributes).entrySet()) {
            int size = attribute.getKey().length()
                    + PER_TEXT
                    + attribute.getValue().toString().length();
            if (size <= left) {
                left -= size;
                kept.put(attribute.getKey(), attribute.getValue());
            }
        }
        return kept;
    }

    /** A variant that does not fit loses its name and options first, for its codes are what it is asked for by. */
    private static List<SearchDocument.Variant> variants(List<SearchDocument.Variant> variants) {
        var kept = new ArrayList<SearchDocument.Variant>();
        int codes = variants.stream().mapToInt(DocumentBounds::codes).sum();
        int left = MAX_VARIANTS - codes;
        int taken = 0;
        for (var variant : variants) {
            taken += codes(variant);
            int words = words(variant);
            if (words <= left) {
                left -= words;
                kept.add(variant);
            } else if (taken <= MAX_VARIANTS) {
                kept.add(new SearchDocument.Variant(variant.id(), variant.sku(), null, Map.of(), variant.gtins()));
            }
        }
        return kept;
    }

    private static int codes(SearchDocument.Variant variant) {
        return PER_VARIANT
                + variant.sku().length()
                + variant.gtins().stream()
                        .mapToInt(gtin -> gtin.length() + PER_TEXT)
                        .sum();
    }

    private static int words(SearchDocument.Variant variant) {
        int name = variant.name() == null ? 0 : variant.name().length();
        return name
                + variant.options().entrySet().stream()
                        .mapToInt(option ->
                                option.getKey().length() + option.getValue().length() + 2 * PER_TEXT)
                        .sum();
    }

    private static List<SearchDocument.Price> prices(List<SearchDocument.Price> prices) {
        if (prices.size() <= MAX_PRICES) {
            return prices;
        }
        var lowest = new TreeMap<String, SearchDocument.Price>();
        var highest = new TreeMap<String, SearchDocument.Price>();
        for (var price : prices) {
            lowest.merge(price.currency(), price, (known, next) -> next.amount() < known.amount() ? next : known);
            highest.merge(price.currency(), price, (known, next) -> next.amount() > known.amount() ? next : known);
        }
        var kept = new ArrayList<>(lowest.values());
        kept.addAll(highest.values());
        return kept;
    }
}
