package io.souk.search.index;

import io.souk.search.query.Facet;
import io.souk.search.query.Filter;
import io.souk.search.query.Found;
import io.souk.search.query.FoundProduct;
import io.souk.search.query.Position;
import io.souk.search.query.SearchQuery;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.QueryTimeoutImpl;
import org.apache.lucene.index.ReaderUtil;
import org.apache.lucene.search.FieldDoc;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.MatchNoDocsQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TopFieldCollectorManager;
import org.apache.lucene.search.TopFieldDocs;
import org.apache.lucene.search.similarities.Similarity;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** One query on one state of the index. */
final class LuceneSearch {
    private static final Similarity SIMILARITY = new SteadySimilarity();

    private final IndexSearcher searcher;
    private final SearchQuery query;
    private final LuceneOrdering ordering;
    private final @Nullable TextQuery text;

    LuceneSearch(IndexReader reader, SearchQuery query, SearchThreads.Deadline deadline) {
        this.searcher = new IndexSearcher(reader);
        this.searcher.setSimilarity(SIMILARITY);
        this.searcher.setTimeout(
                new QueryTimeoutImpl(Math.max(1, deadline.left().toMillis())));
        this.query = query;
        this.text = query.text().isBlank() ? null : new TextQuery(reader, query.tenant(), query.text(), query.prefix());
        this.ordering = LuceneOrdering.of(query);
    }

    /**
     * Every word is wanted. Only if no product at all has all of them, whatever the filters, most of them will do: so a filter
     * never changes what the words mean, and all pages and facets of a result agree.
     */
    Found run() throws IOException {
        var after = query.after();
        boolean relaxed = after != null && after.relaxed();
        var words = words(relaxed);
        var top = top(words);
        if (after == null
                && top.scoreDocs.length == 0
                && text != null
                && text.canBeRelaxed()
                && !matchesAnything(words)) {
            relaxed = true;
            words = words(true);
            top = top(words);
        }
        return found(top, words, relaxed);
    }

    private Query words(boolean relaxed) throws IOException {
        if (text == null) {
            return query.text().isEmpty() ? MatchAllDocsQuery.INSTANCE : MatchNoDocsQuery.INSTANCE;
        }
        return relaxed ? text.most() : text.all();
    }

    private boolean matchesAnything(Query words) throws IOException {
        int matches = searcher.count(TenantFence.within(query.tenant(), words));
        checkTime();
        return matches > 0;
    }

    private TopFieldDocs top(Query words) throws IOException {
        var hits = new TopFieldCollectorManager(
                ordering.sort(), query.limit() + 1, ordering.after(query.after(), searcher.getIndexReader()), 1);
        var top = searcher.search(fenced(words, query.filters()), hits);
        checkTime();
        return top;
    }

    private Query fenced(Query words, List<Filter> filters) {
        return TenantFence.within(query.tenant(), FilterQueries.filtered(query.tenant(), words, filters));
    }

    private Found found(TopFieldDocs top, Query words, boolean relaxed) throws IOException {
        int shown = Math.min(query.limit(), top.scoreDocs.length);
        var products = new ArrayList<FoundProduct>(shown);
        @Nullable FieldDoc last = null;
        for (int i = 0; i < shown; i++) {
            last = (FieldDoc) top.scoreDocs[i];
            products.add(product(last));
        }
        boolean more = top.scoreDocs.length > shown;
        @Nullable
        Position next = last == null || !more
                ? null
                : ordering.position(last, products.getLast().id(), relaxed);
        if (query.facets().isEmpty()) {
            return new Found(products, List.of(), next, relaxed, null);
        }
        var counts = new HashMap<Facet, Facet.Counts>();
        int total = count(words, counts);
        var facets = new ArrayList<Facet.Counts>();
        for (var facet : query.facets()) {
            facets.add(Objects.requireNonNull(counts.get(facet)));
        }
        return new Found(products, facets, next, relaxed, total);
    }

    private FoundProduct product(FieldDoc hit) throws IOException {
        var segment = searcher.getLeafContexts().get(ReaderUtil.subIndex(hit.doc, searcher.getLeafContexts()));
        var shown = DocValues.getBinary(segment.reader(), Fields.SHOWN);
        if (!shown.advanceExact(hit.doc - segment.docBase)) {
            throw new IOException("a product without " + Fields.SHOWN);
        }
        var stored = shown.binaryValue();
        var product = ShownProduct.of(stored.bytes, stored.offset, stored.length);
        return product.found(query.currency(), text == null ? null : ordering.score(hit));
    }

    /** Facets whose filters are the same are counted together; the total is that under all filters. */
    private int count(Query words, Map<Facet, Facet.Counts> counts) throws IOException {
        Map<List<Filter>, List<Facet>> byFilters = new LinkedHashMap<>();
        byFilters.put(query.filters(), new ArrayList<>());
        for (var facet : query.facets()) {
            var others = query.filters().stream()
                    .filter(filter -> !facet.isNarrowedBy(filter))
                    .toList();
            byFilters.computeIfAbsent(others, _ -> new ArrayList<>()).add(facet);
        }
        int total = 0;
        for (var group : byFilters.entrySet()) {
            int found = count(words, group.getKey(), group.getValue(), counts);
            total = group.getKey().equals(query.filters()) ? found : total;
        }
        return total;
    }

    private int count(Query words, List<Filter> filters, List<Facet> facets, Map<Facet, Facet.Counts> counts)
            throws IOException {
        var counters = facets.stream()
                .map(facet -> FacetCounter.of(facet, query.tenant()))
                .toList();
        int found = searcher.search(fenced(words, filters), FacetCollector.of(counters));
        checkTime();
        for (int i = 0; i < counters.size(); i++) {
            counts.put(
                    facets.get(i),
                    new Facet.Counts(facets.get(i), counters.get(i).result()));
        }
        return found;
    }

    /** Lucene ends a search that is out of time with what it has found so far, which is no answer. */
    private void checkTime() {
        if (searcher.timedOut()) {
            throw SearchThreads.tooLate();
        }
    }
}
