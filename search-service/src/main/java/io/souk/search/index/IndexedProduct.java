package io.souk.search.index;

import io.souk.kit.event.Order;
import io.souk.kit.tenant.TenantId;
import io.souk.search.document.SearchDocument;
import org.apache.lucene.document.BinaryDocValuesField;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field.Store;
import org.apache.lucene.document.LongField;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.SortedDocValuesField;
import org.apache.lucene.document.SortedSetDocValuesField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;

import java.text.Normalizer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/** One product in the index, made of its search document. */
final class IndexedProduct {
    /** A field's words beyond this many are not searched: no description needs more, and a hostile one would cost memory. */
    private static final int MAX_WORDS = 1_000;

    /** Longer than any SKU, type or attribute; Lucene refuses terms of 32 KiB. */
    private static final int MAX_TERM = 500;

    /** An attribute's value longer than this is text, not something to filter by. */
    private static final int MAX_ATTRIBUTE_VALUE = 100;

    /** A product's attribute values beyond this many cannot be filtered by, nor its variants' options; 60 sizes have 180. */
    private static final int MAX_ATTRIBUTE_VALUES = 250;

    /** Names that are equal so far are ordered by id; short enough for every cursor. */
    private static final int SORTED_NAME = 100;

    private static final int GTIN = 14;

    private final TenantId tenant;
    private final SearchDocument product;
    private final Document document = new Document();
    private final Set<String> dictionary = new HashSet<>();

    private IndexedProduct(TenantId tenant, SearchDocument product) {
        this.tenant = tenant;
        this.product = product;
    }

    /** A product that can be found. */
    static Document live(TenantId tenant, SearchDocument product, Order order) {
        return new IndexedProduct(tenant, product).build(order);
    }

    /** What is left of a deleted product: its order, so that an older event cannot bring it back. */
    static Document gone(TenantId tenant, UUID id, Order order) {
        var document = new Document();
        identify(document, tenant, id, order);
        return document;
    }

    private static void identify(Document document, TenantId tenant, UUID id, Order order) {
        document.add(new StringField(Fields.KEY, Fields.key(tenant, id), Store.NO));
        document.add(new NumericDocValuesField(Fields.EPOCH, order.epoch()));
        document.add(new NumericDocValuesField(Fields.VERSION, order.version()));
    }

    private Document build(Order order) {
        identify(document, tenant, product.id(), order);
        document.add(new StringField(Fields.LIVE, tenant.value(), Store.NO));
        document.add(
                new SortedDocValuesField(Fields.ID, new BytesRef(product.id().toString())));
        document.add(new SortedDocValuesField(Fields.SORT_NAME, new BytesRef(sortedName(product.name()))));
        document.add(new NumericDocValuesField(Fields.PUBLISHED_AT, millis(product.publishedAt())));
        document.add(new BinaryDocValuesField(
                Fields.SHOWN, new BytesRef(ShownProduct.of(product).toBytes())));
        addFilters();
        addPrices();
        addText();
        return document;
    }

    private void addFilters() {
        addKeyword(Fields.TYPE, product.type() == null ? Stream.empty() : Stream.of(product.type()));
        addKeyword(
                Fields.CATEGORY,
                product.categories().stream().map(category -> category.id().toString()));
        addKeyword(Fields.ATTRIBUTE, attributeTerms());
        codes().forEach(code -> document.add(new StringField(Fields.CODE, Fields.term(tenant, code), Store.NO)));
        var brand = product.brand();
        if (brand != null) {
            var id = brand.id().toString();
            var name = brand.name() == null || brand.name().length() > MAX_TERM ? "" : brand.name();
            document.add(new StringField(Fields.BRAND, Fields.term(tenant, id), Store.NO));
            document.add(new StringField(Fields.BRAND_NAME, Fields.term(tenant, Folding.key(name)), Store.NO));
            document.add(new SortedSetDocValuesField(Fields.BRAND_COUNT, new BytesRef(Fields.term(tenant, id, name))));
        }
    }

    /** A value to filter by and to count; what is too long for a term is nothing that anyone filters by. */
    private void addKeyword(String field, Stream<String> values) {
        values.filter(value -> value.length() <= MAX_TERM).distinct().forEach(value -> {
            var term = Fields.term(tenant, value);
            document.add(new StringField(field, term, Store.NO));
            document.add(new SortedSetDocValuesField(field, new BytesRef(term)));
        });
    }

    private void addPrices() {
        for (var price : product.prices()) {
            document.add(new LongField(Fields.price(price.currency()), price.amount(), Store.NO));
        }
    }

    private void addText() {
        addWords(Fields.TEXT_NAME, product.name());
        addWords(
                Fields.TEXT_BRAND,
                product.brand() == null ? null : product.brand().name());
        addWords(Fields.TEXT_TAGS, String.join("\n", product.tags()));
        addWords(Fields.TEXT_CATEGORIES, names(product.categories()));
        addWords(Fields.TEXT_CODES, String.join("\n", codes()));
        addWords(Fields.TEXT_ATTRIBUTES, String.join("\n", attributeTexts()));
        addWords(Fields.TEXT_DESCRIPTION, product.description());
        document.add(WordField.listed(Fields.WORD, tenant, dictionary));
    }

    private void addWords(String field, @Nullable String text) {
        if (text == null || text.isEmpty()) {
            return;
        }
        var words = Words.indexed(text, MAX_WORDS);
        words.forEach(word -> dictionary.addAll(word.forms()));
        document.add(WordField.scored(field, tenant, words));
    }

    private static String names(List<SearchDocument.Named> named) {
        var names = new ArrayList<String>();
        for (var each : named) {
            if (each.name() != null) {
                names.add(each.name());
            }
        }
        return String.join("\n", names);
    }

    private Set<String> codes() {
        var codes = new LinkedHashSet<String>();
        for (var variant : product.variants()) {
            codes.add(code(variant.sku()));
            variant.gtins().forEach(gtin -> codes.add(code(gtin)));
        }
        codes.removeIf(code -> code.length() > MAX_TERM);
        return codes;
    }

    /**
     * An SKU or GTIN as it is compared: as in the catalogue without case and outer blanks, compatibility forms (NFKC) folded;
     * GTINs of every length as 14 digits.
     */
    static String code(String text) {
        var code = Normalizer.normalize(text.strip(), Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
        boolean gtin =
                code.length() >= 8 && code.length() < GTIN && code.chars().allMatch(c -> c >= '0' && c <= '9');
        return gtin ? "0".repeat(GTIN - code.length()) + code : code;
    }

    static String sortedName(String name) {
        var key = Folding.key(name);
        return key.codePointCount(0, key.length()) <= SORTED_NAME
                ? key
                : key.substring(0, key.offsetByCodePoints(0, SORTED_NAME));
    }

    private static long millis(@Nullable Instant instant) {
        return instant == null ? 0 : instant.toEpochMilli();
    }

    private Stream<String> attributeTerms() {
        var attributes = new LinkedHashSet<String>();
        AttributeValues.each(
                product.attributes(), (name, value) -> addAttribute(attributes, name, AttributeValues.text(value)));
        var options = new LinkedHashSet<String>();
        AttributeValues.eachOption(product, (name, value) -> addAttribute(options, name, value));
        return Stream.concat(attributes.stream(), options.stream());
    }

    private static void addAttribute(Set<String> terms, String name, String value) {
        if (name.length() <= MAX_ATTRIBUTE_VALUE
                && value.length() <= MAX_ATTRIBUTE_VALUE
                && terms.size() < MAX_ATTRIBUTE_VALUES) {
            terms.add(name + Fields.SEPARATOR + value);
        }
    }

    /** Numbers and flags are filtered by, not read. */
    private List<String> attributeTexts() {
        var texts = new ArrayList<String>();
        AttributeValues.each(product.attributes(), (_, value) -> {
            if (value.isTextual()) {
                texts.add(value.textValue());
            }
        });
        AttributeValues.eachOption(product, (_, value) -> texts.add(value));
        product.variants().forEach(variant -> {
            if (variant.name() != null) {
                texts.add(variant.name());
            }
        });
        return texts;
    }
}
