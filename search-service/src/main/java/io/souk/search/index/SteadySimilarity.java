package io.souk.search.index;

import org.apache.lucene.search.CollectionStatistics;
import org.apache.lucene.search.similarities.BM25Similarity;

/**
 * BM25 of the document alone: every word is equally rare, and a text's length is compared with a typical one. The usual
 * statistics are those of all tenants together and count deleted products until a merge drops them, so with them a product's
 * score would move with every refresh and differ between replicas, and a page could repeat or skip products.
 *
 * <p>What rarity would decide, which of a query's words weighs more, is decided before: every word is wanted.
 *
 * <p>BM25F of one word lies between 0 and 1, times the boost of its query.
 */
final class SteadySimilarity extends BM25Similarity {
    private static final float TYPICAL_WORDS = typicalWords();

    @Override
    protected float idf(long documentsWithIt, long documents) {
        return 1;
    }

    /** A field that is not one of ours is all of them combined, each word counted by its field's weight. */
    @Override
    protected float avgFieldLength(CollectionStatistics statistics) {
        return Fields.TYPICAL_WORDS.getOrDefault(statistics.field(), TYPICAL_WORDS);
    }

    private static float typicalWords() {
        float words = 0;
        for (var field : Fields.TYPICAL_WORDS.entrySet()) {
            words += Fields.WEIGHTS.getOrDefault(field.getKey(), 0f) * field.getValue();
        }
        return words;
    }
}
