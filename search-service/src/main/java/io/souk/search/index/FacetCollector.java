package io.souk.search.index;

import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.search.CollectorManager;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.SimpleCollector;

import java.io.IOException;
import java.util.Collection;
import java.util.List;

/** Hands every found document to some counters, and counts the documents themselves. */
final class FacetCollector extends SimpleCollector {
    private final List<FacetCounter> counters;
    private int total;

    private FacetCollector(List<FacetCounter> counters) {
        this.counters = counters;
    }

    /** For a searcher without an executor, which asks for one collector only; the result is the number of documents. */
    static CollectorManager<FacetCollector, Integer> of(List<FacetCounter> counters) {
        return new CollectorManager<>() {
            @Override
            public FacetCollector newCollector() {
                return new FacetCollector(counters);
            }

            @Override
            public Integer reduce(Collection<FacetCollector> collectors) {
                return collectors.stream()
                        .mapToInt(collector -> collector.total)
                        .sum();
            }
        };
    }

    @Override
    protected void doSetNextReader(LeafReaderContext segment) throws IOException {
        for (var counter : counters) {
            counter.begin(segment);
        }
    }

    @Override
    public void collect(int document) throws IOException {
        total++;
        for (var counter : counters) {
            counter.count(document);
        }
    }

    @Override
    public ScoreMode scoreMode() {
        return ScoreMode.COMPLETE_NO_SCORES;
    }
}
