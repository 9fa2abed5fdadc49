package io.souk.search.index;

import io.souk.kit.tenant.TenantId;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.MultiBits;
import org.apache.lucene.index.MultiTerms;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.FuzzyTermsEnum;
import org.apache.lucene.util.Bits;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.UnicodeUtil;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The words that one tenant's products use. */
final class Dictionary {
    /** Words looked at around one misspelling, so that a query's cost does not grow with the index. */
    private static final int MAX_LOOKED_AT = 2_000;

    /** A word in more products than these is frequent, however many more they are. */
    private static final int MAX_COUNTED = 256;

    private final IndexReader reader;
    private final TenantId tenant;

    Dictionary(IndexReader reader, TenantId tenant) {
        this.reader = reader;
        this.tenant = tenant;
    }

    /**
     * A word of the dictionary that is near another.
     *
     * @param term the whole term, tenant included
     * @param edits letters inserted, left out, replaced or swapped with the next
     * @param documents how many products have it; at most {@value #MAX_COUNTED} are counted
     */
    record Near(String term, int edits, int documents) {
        static final Comparator<Near> BEST_FIRST = Comparator.comparingInt(Near::edits)
                .thenComparing(Comparator.comparingInt(Near::documents).reversed())
                .thenComparing(Near::term);
    }

    /**
     * The nearest words, the word itself left out: fewest edits first, then the most frequent. Words that only deleted products
     * have are as good as gone: when a merge drops them depends on all tenants, and differs between replicas.
     */
    List<Near> near(String word, int maxEdits, int limit) throws IOException {
        var terms = MultiTerms.getTerms(reader, Fields.WORD);
        if (terms == null) {
            return List.of();
        }
        var text = Fields.term(tenant, word);
        int fixed = tenant.value().length() + 1;
        int wordLength = text.codePointCount(0, text.length());
        var near = new ArrayList<Near>();
        var candidates = new FuzzyTermsEnum(terms, new Term(Fields.WORD, text), maxEdits, fixed, true);
        @Nullable Bits live = MultiBits.getLiveDocs(reader);
        int lookedAt = 0;
        for (var term = candidates.next(); term != null && lookedAt < MAX_LOOKED_AT; term = candidates.next()) {
            int documents = documents(candidates, live);
            if (documents > 0) {
                lookedAt++;
                int edits = edits(candidates.getBoost(), wordLength, term);
                if (edits > 0) {
                    near.add(new Near(term.utf8ToString(), edits, documents));
                }
            }
        }
        near.sort(Near.BEST_FIRST);
        return near.subList(0, Math.min(limit, near.size()));
    }

    private static int documents(TermsEnum term, @Nullable Bits live) throws IOException {
        if (live == null) {
            return Math.min(MAX_COUNTED, term.docFreq());
        }
        int documents = 0;
        var postings = term.postings(null, PostingsEnum.NONE);
        while (documents < MAX_COUNTED && postings.nextDoc() != DocIdSetIterator.NO_MORE_DOCS) {
            documents += live.get(postings.docID()) ? 1 : 0;
        }
        return documents;
    }

    /** Lucene tells the similarity, 1 - edits / length of the shorter. */
    private static int edits(float similarity, int wordLength, BytesRef term) {
        return Math.round((1 - similarity) * Math.min(wordLength, UnicodeUtil.codePointCount(term)));
    }
}
