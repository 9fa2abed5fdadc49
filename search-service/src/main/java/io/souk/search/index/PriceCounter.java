package io.souk.search.index;

import io.souk.search.query.Facet;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.SortedNumericDocValues;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Counts products by range of price; one with two variants in a range counts once for it. */
final class PriceCounter implements FacetCounter {
    private final Facet.ByPrice facet;
    private final int[] counts;
    private @Nullable SortedNumericDocValues prices;

    PriceCounter(Facet.ByPrice facet) {
        this.facet = facet;
        this.counts = new int[facet.ranges().count()];
    }

    @Override
    public void begin(LeafReaderContext segment) throws IOException {
        prices = DocValues.getSortedNumeric(segment.reader(), Fields.price(facet.currency()));
    }

    @Override
    public void count(int document) throws IOException {
        if (prices == null || !prices.advanceExact(document)) {
            return;
        }
        int counted = -1;
        for (int i = prices.docValueCount(); i > 0; i--) {
            int range = facet.ranges().indexOf(prices.nextValue()); // rising, so equal ranges follow each other
            if (range != counted && range >= 0) {
                counts[range]++;
                counted = range;
            }
        }
    }

    @Override
    public List<Facet.Count> result() {
        var result = new ArrayList<Facet.Count>();
        for (int i = 0; i < counts.length; i++) {
            if (counts[i] > 0) {
                result.add(new Facet.Count.OfPrices(
                        facet.ranges().from(i), facet.ranges().to(i), counts[i]));
            }
        }
        return result;
    }
}
