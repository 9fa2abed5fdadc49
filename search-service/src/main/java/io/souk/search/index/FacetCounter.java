package io.souk.search.index;

import io.souk.kit.tenant.TenantId;
import io.souk.search.query.Facet;
import org.apache.lucene.index.LeafReaderContext;

import java.io.IOException;
import java.util.List;

/** Counts the products of one facet, one segment of the index after the other. */
interface FacetCounter {

    /** Goes on with another segment; documents are counted in rising order. */
    void begin(LeafReaderContext segment) throws IOException;

    void count(int document) throws IOException;

    /** The counts, most frequent first and at most as many as the facet wants. After the last document. */
    List<Facet.Count> result() throws IOException;

    static FacetCounter of(Facet facet, TenantId tenant) {
        return switch (facet) {
            case Facet.ByCategory by -> new CategoryCounter(tenant, by);
            case Facet.ByBrand by -> new TermCounter(Fields.BRAND_COUNT, Fields.term(tenant, ""), brands(by.size()));
            case Facet.ByType by -> new TermCounter(Fields.TYPE, Fields.term(tenant, ""), TermCounter.words(by.size()));
            case Facet.ByAttribute by ->
                new TermCounter(
                        Fields.ATTRIBUTE, Fields.term(tenant, by.attribute(), ""), TermCounter.words(by.size()));
            case Facet.ByPrice by -> new PriceCounter(by);
        };
    }

    private static TermCounter.Result brands(int size) {
        return counts -> BrandCounts.of(counts, size);
    }
}
