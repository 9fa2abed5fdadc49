package io.souk.search.index;

import io.souk.kit.tenant.TenantId;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.CombinedFieldQuery;
import org.apache.lucene.search.ConstantScoreQuery;
import org.apache.lucene.search.DisjunctionMaxQuery;
import org.apache.lucene.search.PrefixQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.SynonymQuery;
import org.apache.lucene.search.TermInSetQuery;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.util.BytesRef;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

/**
 * What some words mean as a query.
 *
 * <p>A word is met exactly (as written, or folded), as the beginning of a word where that is allowed, or nearly: one edit for
 * words of 4 to 7 letters, two from 8 on, none for shorter ones and for what has digits in it. Each way of being met lies on
 * a tier of its own, and the tiers are farther apart than BM25F can reach, so a product that has all words exactly stands
 * before every one that has them nearly. Within a tier BM25F decides, which counts a word by the field it stands in.
 *
 * <p>A whole SKU or GTIN comes before everything else.
 */
final class TextQuery {
    /** Words beyond these are not looked at: so many wanted words have left no doubt. */
    static final int MAX_WORDS = 24;

    /**
     * The lowest tier, and the least distance between two: more than a query's words can score within theirs, which is the
     * highest field weight for one that is met nearly and 1 for each other ({@link SteadySimilarity}).
     */
    private static final float TWO_EDITS_TIER = 32;

    private static final float ONE_EDIT_TIER = 2 * TWO_EDITS_TIER;
    private static final float PREFIX_TIER = 2 * ONE_EDIT_TIER;
    private static final float EXACT_TIER = 2 * PREFIX_TIER;

    /** A word that matches only when folded: "café" asked for, "cafe" there. */
    private static final float FOLDED = 0.8f;

    /** One letter begins too many words. */
    private static final int SHORTEST_PREFIX = 2;

    private static final int ONE_EDIT_FROM = 4;
    private static final int TWO_EDITS_FROM = 8;

    /** Near words of a whole query; shared among its words. */
    private static final int MAX_NEAR = 64;

    private final TenantId tenant;
    private final Dictionary dictionary;
    private final String text;
    private final boolean prefix;
    private final List<Words.Word> words;

    TextQuery(IndexReader reader, TenantId tenant, String text, boolean prefix) {
        this.tenant = tenant;
        this.dictionary = new Dictionary(reader, tenant);
        this.text = text;
        this.prefix = prefix;
        this.words = List.copyOf(new LinkedHashSet<>(Words.wanted(text, MAX_WORDS)));
    }

    /** Whether there are enough words to leave some out. */
    boolean canBeRelaxed() {
        return words.size() > 1;
    }

    /** Products that have every word. */
    Query all() throws IOException {
        var all = new BooleanQuery.Builder();
        for (var query : perWord()) {
            all.add(query, Occur.MUST);
        }
        return orCode(all.build());
    }

    /** Products that have most words: one of two, two of three, then at least two thirds. */
    Query most() throws IOException {
        var most = new BooleanQuery.Builder().setMinimumNumberShouldMatch(Math.max(1, words.size() * 2 / 3));
        for (var query : perWord()) {
            most.add(query, Occur.SHOULD);
        }
        return orCode(most.build());
    }

    private Query orCode(Query byWords) {
        var code = new TermQuery(new Term(Fields.CODE, Fields.term(tenant, IndexedProduct.code(text))));
        return new BooleanQuery.Builder()
                .add(byWords, Occur.SHOULD)
                .add(new BoostQuery(new ConstantScoreQuery(code), EXACT_TIER * (words.size() + 1)), Occur.SHOULD)
                .setMinimumNumberShouldMatch(1)
                .build();
    }

    private List<Query> perWord() throws IOException {
        var queries = new ArrayList<Query>();
        for (int i = 0; i < words.size(); i++) {
            queries.add(met(words.get(i), prefix && i == words.size() - 1));
        }
        return queries;
    }

    private Query met(Words.Word word, boolean mayBegin) throws IOException {
        var ways = new ArrayList<Query>();
        for (var form : word.forms()) {
            ways.add(exactly(form, form.equals(word.asWritten()) ? 1 : FOLDED));
        }
        var plain = word.forms().get(Math.min(1, word.forms().size() - 1));
        if (mayBegin && letters(plain) >= SHORTEST_PREFIX) {
            ways.add(beginning(plain));
        }
        int tolerance = tolerance(plain);
        if (tolerance > 0) {
            var near = dictionary.near(plain, tolerance, Math.max(4, MAX_NEAR / words.size()));
            addNearly(ways, near, 1, ONE_EDIT_TIER);
            addNearly(ways, near, 2, TWO_EDITS_TIER);
        }
        return new DisjunctionMaxQuery(ways, 0);
    }

    private Query exactly(String form, float boost) {
        var term = Fields.term(tenant, form);
        var scored = new CombinedFieldQuery.Builder(term);
        Fields.WEIGHTS.forEach(scored::addField);
        return tier(EXACT_TIER, new TermQuery(new Term(Fields.WORD, term)), new BoostQuery(scored.build(), boost));
    }

    private Query beginning(String form) {
        var term = Fields.term(tenant, form);
        var scored = new ArrayList<Query>();
        Fields.WEIGHTS.forEach((field, weight) ->
                scored.add(new BoostQuery(new ConstantScoreQuery(new PrefixQuery(new Term(field, term))), weight)));
        return tier(PREFIX_TIER, new PrefixQuery(new Term(Fields.WORD, term)), new DisjunctionMaxQuery(scored, 0));
    }

    private static void addNearly(List<Query> ways, List<Dictionary.Near> near, int edits, float tier) {
        var terms = near.stream().filter(word -> word.edits() == edits).toList();
        if (!terms.isEmpty()) {
            ways.add(nearly(terms, tier));
        }
    }

    /**
     * The near words of a field are scored as one, and each counts by how frequent it is: a rare misspelling in the catalogue
     * does not beat the word that was meant.
     */
    private static Query nearly(List<Dictionary.Near> near, float tier) {
        var scored = new ArrayList<Query>();
        int mostFrequent = near.getFirst().documents();
        Fields.WEIGHTS.forEach((field, weight) -> {
            var asOne = new SynonymQuery.Builder(field);
            near.forEach(word -> asOne.addTerm(new Term(field, word.term()), plausibility(word, mostFrequent)));
            scored.add(new BoostQuery(asOne.build(), weight));
        });
        var terms = near.stream().map(word -> new BytesRef(word.term())).toList();
        return tier(tier, new TermInSetQuery(Fields.WORD, terms), new DisjunctionMaxQuery(scored, 0));
    }

    /** From a sixteenth to one, by orders of magnitude; in sixteenths, whose sums are the same in whatever order they are added. */
    private static float plausibility(Dictionary.Near word, int mostFrequent) {
        return (1 + Math.round(15 * Math.log1p(word.documents()) / Math.log1p(mostFrequent))) / 16f;
    }

    private static Query tier(float tier, Query matched, Query scored) {
        return new BooleanQuery.Builder()
                .add(new BoostQuery(new ConstantScoreQuery(matched), tier), Occur.MUST)
                .add(scored, Occur.SHOULD)
                .build();
    }

    private static int tolerance(String word) {
        if (!word.codePoints().allMatch(TextQuery::isSpelt)) {
            return 0;
        }
        int letters = letters(word);
        return letters < ONE_EDIT_FROM ? 0 : letters < TWO_EDITS_FROM ? 1 : 2;
    }

    /** A digit is not a typo of another: a number, a size or a code is right or wrong. */
    private static boolean isSpelt(int c) {
        return !Character.isDigit(c) && !Character.isIdeographic(c);
    }

    private static int letters(String word) {
        return word.codePointCount(0, word.length());
    }
}
