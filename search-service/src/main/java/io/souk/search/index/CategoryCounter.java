package io.souk.search.index;

import io.souk.kit.tenant.TenantId;
import io.souk.search.query.Facet;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.SortedSetDocValues;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Counts categories with everything below them; a product that is in two children counts once for their parent. */
final class CategoryCounter implements FacetCounter {
    private static final int[] NONE = {};

    private final Facet.ByCategory facet;
    private final BytesRef prefix;
    private final BytesRef beyond;
    private final Map<UUID, Integer> numbers = new HashMap<>();
    private final List<UUID> categories = new ArrayList<>();
    private int[] counts = new int[64];
    private int[] countedFor = new int[64];
    private int product;
    private @Nullable SortedSetDocValues values;
    private long first;
    private int[][] pathOf = {};

    CategoryCounter(TenantId tenant, Facet.ByCategory facet) {
        this.facet = facet;
        this.prefix = new BytesRef(Fields.term(tenant, ""));
        this.beyond = new BytesRef(tenant.value() + (char) (Fields.SEPARATOR + 1));
    }

    @Override
    public void begin(LeafReaderContext segment) throws IOException {
        var terms = DocValues.getSortedSet(segment.reader(), Fields.CATEGORY);
        first = TermCounter.place(terms, prefix);
        pathOf = new int[Math.toIntExact(TermCounter.place(terms, beyond) - first)][];
        values = terms;
    }

    @Override
    public void count(int document) throws IOException {
        if (values == null || pathOf.length == 0 || !values.advanceExact(document)) {
            return;
        }
        product++;
        for (int i = values.docValueCount(); i > 0; i--) {
            long place = values.nextOrd() - first;
            for (int category : path(place)) {
                if (countedFor[category] != product) {
                    countedFor[category] = product;
                    counts[category]++;
                }
            }
        }
    }

    @Override
    public List<Facet.Count> result() {
        var result = new ArrayList<Facet.Count.OfCategory>();
        for (int i = 0; i < categories.size(); i++) {
            if (counts[i] > 0) {
                result.add(new Facet.Count.OfCategory(categories.get(i), counts[i]));
            }
        }
        result.sort(Comparator.comparingInt(Facet.Count.OfCategory::products)
                .reversed()
                .thenComparing(Facet.Count.OfCategory::id));
        return List.copyOf(result.subList(0, Math.min(facet.size(), result.size())));
    }

    /** The numbers of a category and of all above it, looked up once per segment. */
    private int[] path(long place) throws IOException {
        if (values == null || place < 0 || place >= pathOf.length) {
            return NONE;
        }
        int[] known = pathOf[(int) place];
        if (known != null) {
            return known;
        }
        var term = values.lookupOrd(first + place);
        var id = new BytesRef(term.bytes, term.offset + prefix.length, term.length - prefix.length).utf8ToString();
        int[] path = facet.tree().withAncestors(UUID.fromString(id)).stream()
                .mapToInt(this::number)
                .toArray();
        pathOf[(int) place] = path;
        return path;
    }

    private int number(UUID category) {
        return numbers.computeIfAbsent(category, id -> {
            categories.add(id);
            if (categories.size() > counts.length) {
                counts = Arrays.copyOf(counts, counts.length * 2);
                countedFor = Arrays.copyOf(countedFor, countedFor.length * 2);
            }
            return categories.size() - 1;
        });
    }
}
