package io.souk.search.index;

import io.souk.kit.tenant.TenantId;
import io.souk.search.query.Filter;
import org.apache.lucene.document.LongField;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermInSetQuery;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.util.BytesRef;

import java.util.List;
import java.util.stream.Stream;

/** Filters as Lucene understands them. */
final class FilterQueries {
    private FilterQueries() {}

    /** Of what the query finds, what fulfils every filter; scores stay as they are. */
    static Query filtered(TenantId tenant, Query query, List<Filter> filters) {
        if (filters.isEmpty()) {
            return query;
        }
        var filtered = new BooleanQuery.Builder().add(query, Occur.MUST);
        filters.forEach(filter -> filtered.add(of(tenant, filter), Occur.FILTER));
        return filtered.build();
    }

    private static Query of(TenantId tenant, Filter filter) {
        return switch (filter) {
            case Filter.InCategories in ->
                anyOf(tenant, Fields.CATEGORY, in.ids().stream().map(Object::toString));
            case Filter.OfBrands of ->
                new BooleanQuery.Builder()
                        .add(anyOf(tenant, Fields.BRAND, of.ids().stream().map(Object::toString)), Occur.SHOULD)
                        .add(
                                anyOf(
                                        tenant,
                                        Fields.BRAND_NAME,
                                        of.names().stream().map(Folding::key)),
                                Occur.SHOULD)
                        .build();
            case Filter.OfTypes of -> anyOf(tenant, Fields.TYPE, of.names().stream());
            case Filter.PricedBetween between ->
                LongField.newRangeQuery(Fields.price(between.currency()), between.minMinor(), between.maxMinor());
            case Filter.WithAttribute with ->
                anyOf(
                        tenant,
                        Fields.ATTRIBUTE,
                        with.values().stream().map(value -> with.name() + Fields.SEPARATOR + value));
        };
    }

    private static Query anyOf(TenantId tenant, String field, Stream<String> values) {
        var terms = values.map(value -> Fields.term(tenant, value)).toList();
        return terms.size() == 1
                ? new TermQuery(new Term(field, terms.getFirst()))
                : new TermInSetQuery(field, terms.stream().map(BytesRef::new).toList());
    }
}
