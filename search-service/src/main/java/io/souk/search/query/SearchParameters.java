package io.souk.search.query;

import io.souk.kit.money.Money;
import io.souk.kit.page.Limit;
import io.souk.kit.problem.KitProblem;
import io.souk.kit.problem.Problem;
import io.souk.kit.tenant.TenantId;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Reads a request out of query parameters. What cannot be read is 400, what breaks a bound is 422; both name the parameter. */
final class SearchParameters {
    static final String Q = "q";
    static final String PREFIX = "prefix";
    static final String CATEGORY = "category";
    static final String BRAND = "brand";
    static final String TYPE = "type";
    static final String ATTR = "attr";
    static final String PRICE_MIN = "priceMin";
    static final String PRICE_MAX = "priceMax";
    static final String CURRENCY = "currency";
    static final String SORT = "sort";
    static final String LIMIT = "limit";
    static final String CURSOR = "cursor";
    static final String FACETS = "facets";
    static final String FACET_SIZE = "facetSize";

    private static final Set<String> REPEATABLE = Set.of(CATEGORY, BRAND, TYPE, ATTR);
    private static final Set<String> SINGLE =
            Set.of(Q, PREFIX, PRICE_MIN, PRICE_MAX, CURRENCY, SORT, LIMIT, CURSOR, FACETS, FACET_SIZE);

    /** Characters of {@code q}: longer than any product's name that somebody would paste. */
    static final int MAX_TEXT = 200;

    /** Characters of one value to filter by. */
    static final int MAX_VALUE = 200;

    /** Values of one filter. */
    static final int MAX_VALUES = 50;

    /** Attributes to filter by at once. */
    static final int MAX_ATTRIBUTES = 10;

    static final int MAX_FACETS = 10;
    static final int MAX_FACET_SIZE = 100;
    private static final int FACET_SIZE_UNLESS_SAID = 20;

    private final TenantId tenant;
    private final Map<String, List<String>> given;

    private SearchParameters(TenantId tenant, Map<String, List<String>> given) {
        this.tenant = tenant;
        this.given = given;
    }

    static SearchRequest read(TenantId tenant, Map<String, List<String>> given) {
        return new SearchParameters(tenant, given).read();
    }

    private SearchRequest read() {
        given.forEach(SearchParameters::checkKnown);
        var ordering = ordering();
        @Nullable String currency = currency();
        var facets = facets();
        SearchRequest.@Nullable PriceSpan price = price();
        boolean priceFacet = facets.stream().anyMatch(facet -> facet.name().equals(SearchRequest.PRICE));
        if (currency == null && (price != null || ordering.needsCurrency() || priceFacet)) {
            throw invalid(CURRENCY, "is required to filter, sort or count by price");
        }
        var request = new SearchRequest(
                tenant,
                text(),
                flag(PREFIX),
                values(CATEGORY),
                values(BRAND),
                values(TYPE),
                price,
                attributes(),
                ordering,
                currency,
                limit(),
                null,
                facets);
        @Nullable String cursor = one(CURSOR);
        return cursor == null ? request : request.after(SearchCursor.decode(request, cursor));
    }

    private static void checkKnown(String name, List<String> values) {
        if (!REPEATABLE.contains(name) && !SINGLE.contains(name)) {
            throw malformed(name, "is not a parameter of this search");
        }
        if (SINGLE.contains(name) && values.size() > 1) {
            throw malformed(name, "may be given only once");
        }
        if (values.size() > MAX_VALUES) {
            throw invalid(name, "may be given at most " + MAX_VALUES + " times");
        }
        for (var value : values) {
            if (value.indexOf('\0') >= 0) {
                throw malformed(name, "must not contain the character NUL");
            }
        }
    }

    private String text() {
        @Nullable String text = one(Q);
        if (text == null) {
            return "";
        }
        if (text.codePointCount(0, text.length()) > MAX_TEXT) {
            throw invalid(Q, "must have at most " + MAX_TEXT + " characters");
        }
        return text.strip();
    }

    private boolean flag(String name) {
        return switch (one(name)) {
            case null -> false;
            case "true" -> true;
            case "false" -> false;
            default -> throw malformed(name, "must be true or false");
        };
    }

    private SortedSet<String> values(String name) {
        var values = new TreeSet<String>();
        for (var value : given.getOrDefault(name, List.of())) {
            values.add(bounded(name, value.strip()));
        }
        return Collections.unmodifiableSortedSet(values);
    }

    private SortedMap<String, SortedSet<String>> attributes() {
        var attributes = new TreeMap<String, SortedSet<String>>();
        for (var value : given.getOrDefault(ATTR, List.of())) {
            int colon = value.indexOf(':');
            if (colon <= 0 || colon == value.length() - 1) {
                throw malformed(ATTR, "must be name:value");
            }
            attributes
                    .computeIfAbsent(bounded(ATTR, value.substring(0, colon)), _ -> new TreeSet<>())
                    .add(bounded(ATTR, value.substring(colon + 1)));
        }
        if (attributes.size() > MAX_ATTRIBUTES) {
            throw invalid(ATTR, "may name at most " + MAX_ATTRIBUTES + " attributes");
        }
        return Collections.unmodifiableSortedMap(attributes);
    }

    private static String bounded(String name, String value) {
        if (value.isEmpty()) {
            throw malformed(name, "must not be empty");
        }
        if (value.length() > MAX_VALUE) {
            throw invalid(name, "must have at most " + MAX_VALUE + " characters");
        }
        return value;
    }

    private SearchRequest.@Nullable PriceSpan price() {
        @Nullable Long min = amount(PRICE_MIN);
        @Nullable Long max = amount(PRICE_MAX);
        if (min == null && max == null) {
            return null;
        }
        if (min != null && max != null && min > max) {
            throw invalid(PRICE_MIN, "must not be above priceMax");
        }
        return new SearchRequest.PriceSpan(min == null ? 0 : min, max == null ? Money.MAX_AMOUNT : max);
    }

    private @Nullable Long amount(String name) {
        @Nullable Long amount = number(name);
        if (amount != null && (amount < 0 || amount > Money.MAX_AMOUNT)) {
            throw invalid(name, "must be between 0 and " + Money.MAX_AMOUNT + " minor units");
        }
        return amount;
    }

    private @Nullable String currency() {
        @Nullable String currency = one(CURRENCY);
        if (currency != null && !Money.isCurrency(currency)) {
            throw invalid(CURRENCY, "must be an ISO 4217 code such as USD");
        }
        return currency;
    }

    private Ordering ordering() {
        @Nullable String sort = one(SORT);
        if (sort == null) {
            return Ordering.RELEVANCE;
        }
        for (var ordering : Ordering.values()) {
            if (ordering.word().equals(sort)) {
                return ordering;
            }
        }
        throw invalid(SORT, "must be relevance, price, -price, name or newest");
    }

    private Limit limit() {
        @Nullable Long limit = number(LIMIT);
        return Limit.of(limit == null ? null : Math.clamp(limit, 0, Integer.MAX_VALUE));
    }

    private List<SearchRequest.FacetWish> facets() {
        @Nullable Long size = number(FACET_SIZE);
        if (size != null && (size < 1 || size > MAX_FACET_SIZE)) {
            throw invalid(FACET_SIZE, "must be between 1 and " + MAX_FACET_SIZE);
        }
        @Nullable String facets = one(FACETS);
        if (facets == null) {
            return List.of();
        }
        var names = new LinkedHashSet<>(List.of(facets.split(",", -1)));
        if (names.size() > MAX_FACETS) {
            throw invalid(FACETS, "may name at most " + MAX_FACETS + " facets");
        }
        var wishes = new ArrayList<SearchRequest.FacetWish>();
        for (var name : names) {
            wishes.add(new SearchRequest.FacetWish(
                    facet(name.strip()), size == null ? FACET_SIZE_UNLESS_SAID : size.intValue()));
        }
        return List.copyOf(wishes);
    }

    private static String facet(String name) {
        boolean attribute = name.startsWith(SearchRequest.ATTRIBUTE_PREFIX)
                && name.length() > SearchRequest.ATTRIBUTE_PREFIX.length();
        if (!attribute && !SearchRequest.FACETS.contains(name)) {
            throw invalid(
                    FACETS, "must be some of category, brand, type, price and attr.NAME, with commas between them");
        }
        return bounded(FACETS, name);
    }

    private @Nullable Long number(String name) {
        @Nullable String text = one(name);
        if (text == null) {
            return null;
        }
        try {
            return Long.valueOf(text);
        } catch (NumberFormatException notANumber) {
            throw malformed(name, "must be a whole number");
        }
    }

    private @Nullable String one(String name) {
        var values = given.get(name);
        return values == null || values.isEmpty() ? null : values.getFirst();
    }

    private static Problem malformed(String name, String detail) {
        return KitProblem.MALFORMED.because("The search cannot be read").parameter(name, detail);
    }

    private static Problem invalid(String name, String detail) {
        return KitProblem.INVALID.because("The search breaks a rule").parameter(name, detail);
    }
}
