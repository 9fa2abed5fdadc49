package io.souk.search.index;

import io.souk.search.query.Facet;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.SortedSetDocValues;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Counts the terms of one field that begin with a prefix; a document has a term once. */
final class TermCounter implements FacetCounter {
    /** Makes the facet's answer of the counts by term, the prefix cut off. */
    interface Result {
        List<Facet.Count> of(Map<String, Integer> counts);
    }

    private final String field;
    private final BytesRef prefix;
    private final BytesRef beyond;
    private final Result result;
    private final Map<String, Integer> totals = new HashMap<>();
    private @Nullable SortedSetDocValues values;
    private long first;
    private int[] counts = {};

    /** @param prefix ends with the separator, so that the terms that begin with it lie side by side */
    TermCounter(String field, String prefix, Result result) {
        this.field = field;
        this.prefix = new BytesRef(prefix);
        this.beyond = new BytesRef(prefix.substring(0, prefix.length() - 1) + (char) (Fields.SEPARATOR + 1));
        this.result = result;
    }

    static Result words(int size) {
        return counts -> counts.entrySet().stream()
                .sorted(MOST_FIRST)
                .limit(size)
                .map(entry -> (Facet.Count) new Facet.Count.OfWord(entry.getKey(), entry.getValue()))
                .toList();
    }

    static final Comparator<Map.Entry<String, Integer>> MOST_FIRST = Map.Entry.<String, Integer>comparingByValue(
                    Comparator.reverseOrder())
            .thenComparing(Map.Entry.comparingByKey());

    @Override
    public void begin(LeafReaderContext segment) throws IOException {
        addUp();
        values = DocValues.getSortedSet(segment.reader(), field);
        first = place(values, prefix);
        counts = new int[Math.toIntExact(place(values, beyond) - first)];
    }

    @Override
    public void count(int document) throws IOException {
        if (values == null || counts.length == 0 || !values.advanceExact(document)) {
            return;
        }
        for (int i = values.docValueCount(); i > 0; i--) {
            long place = values.nextOrd() - first;
            if (place >= 0 && place < counts.length) {
                counts[(int) place]++;
            }
        }
    }

    @Override
    public List<Facet.Count> result() throws IOException {
        addUp();
        return result.of(totals);
    }

    /** The numbers of terms are a segment's own, so they become terms before the next segment. */
    private void addUp() throws IOException {
        if (values == null) {
            return;
        }
        for (int i = 0; i < counts.length; i++) {
            if (counts[i] > 0) {
                var term = values.lookupOrd(first + i);
                var text = new BytesRef(term.bytes, term.offset + prefix.length, term.length - prefix.length)
                        .utf8ToString();
                totals.merge(text, counts[i], Integer::sum);
            }
        }
        values = null;
    }

    static long place(SortedSetDocValues values, BytesRef term) throws IOException {
        long place = values.lookupTerm(term);
        return place < 0 ? -place - 1 : place;
    }
}
