package io.souk.search.index;

import io.souk.kit.tenant.TenantId;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.UUID;

/**
 * The fields of the index and what their terms look like. A term begins with its tenant and {@link #SEPARATOR}, which no
 * tenant id can contain, so no term of one tenant is a term, or near a term, of another.
 */
final class Fields {
    /** Raised with every change of what stands here; an index of another format is rebuilt. */
    static final String FORMAT = "2";

    static final char SEPARATOR = '\u0001';

    /** Tenant and id: one per product, deleted ones included. */
    static final String KEY = "key";

    /** The tenant, on documents that may be found; a deleted one has none. */
    static final String LIVE = "live";

    static final String EPOCH = "epoch";
    static final String VERSION = "version";

    /** The id as text, which ends every ordering. */
    static final String ID = "id";

    static final String SORT_NAME = "sort.name";
    static final String PUBLISHED_AT = "publishedAt";

    /** All words of all text fields: the dictionary for typos and prefixes. */
    static final String WORD = "word";

    /** Whole SKUs and GTINs. */
    static final String CODE = "code";

    static final String CATEGORY = "category";
    static final String BRAND = "brand";
    static final String BRAND_NAME = "brand.name";

    /** Brand id and name, for counting. */
    static final String BRAND_COUNT = "brand.count";

    static final String TYPE = "type";

    /** Name and value, one term for each attribute's value. */
    static final String ATTRIBUTE = "attribute";

    /** What a result shows, as JSON; a column and not a stored field, since those are compressed in blocks of many. */
    static final String SHOWN = "shown";

    static final String TEXT_NAME = "text.name";
    static final String TEXT_BRAND = "text.brand";
    static final String TEXT_TAGS = "text.tags";
    static final String TEXT_CATEGORIES = "text.categories";
    static final String TEXT_CODES = "text.codes";
    static final String TEXT_ATTRIBUTES = "text.attributes";
    static final String TEXT_DESCRIPTION = "text.description";

    /**
     * How much a word counts for by the field that it stands in: once in the name is worth eight times in the description.
     * BM25F needs weights of at least 1.
     */
    static final SequencedMap<String, Float> WEIGHTS = weights();

    /** Words that a text of ordinary length has, by field; a longer text's words count for less, a shorter one's for more. */
    static final Map<String, Float> TYPICAL_WORDS = Map.of(
            TEXT_NAME, 6f,
            TEXT_BRAND, 2f,
            TEXT_TAGS, 4f,
            TEXT_CATEGORIES, 4f,
            TEXT_CODES, 4f,
            TEXT_ATTRIBUTES, 12f,
            TEXT_DESCRIPTION, 60f);

    private Fields() {}

    static String term(TenantId tenant, String value) {
        return tenant.value() + SEPARATOR + value;
    }

    static String term(TenantId tenant, String first, String second) {
        return tenant.value() + SEPARATOR + first + SEPARATOR + second;
    }

    static String key(TenantId tenant, UUID id) {
        return term(tenant, id.toString());
    }

    /** Prices of one currency; there are as many such fields as currencies in use, at most some 180. */
    static String price(String currency) {
        return "price." + currency;
    }

    private static SequencedMap<String, Float> weights() {
        var weights = new LinkedHashMap<String, Float>();
        weights.put(TEXT_NAME, 8f);
        weights.put(TEXT_BRAND, 5f);
        weights.put(TEXT_TAGS, 3f);
        weights.put(TEXT_CATEGORIES, 3f);
        weights.put(TEXT_CODES, 3f);
        weights.put(TEXT_ATTRIBUTES, 1.5f);
        weights.put(TEXT_DESCRIPTION, 1f);
        return weights;
    }
}
