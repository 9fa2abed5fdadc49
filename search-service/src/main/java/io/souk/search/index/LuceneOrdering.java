package io.souk.search.index;

import io.souk.kit.problem.KitProblem;
import io.souk.search.query.Position;
import io.souk.search.query.SearchQuery;
import org.apache.lucene.document.LongField;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.search.FieldDoc;
import org.apache.lucene.search.Sort;
import org.apache.lucene.search.SortField;
import org.apache.lucene.search.SortedNumericSelector;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.UUID;

/** An ordering as Lucene understands it: one value, then the id, so that no two products share a place. */
final class LuceneOrdering {
    private final Sort sort;
    private final boolean byScore;

    private LuceneOrdering(SortField first) {
        this.sort = new Sort(first, new SortField(Fields.ID, SortField.Type.STRING));
        this.byScore = first.getType() == SortField.Type.SCORE;
    }

    /** Without words every product is as relevant as the next; then the newest come first. */
    static LuceneOrdering of(SearchQuery query) {
        return new LuceneOrdering(
                switch (query.ordering()) {
                    case RELEVANCE -> query.text().isEmpty() ? newest() : SortField.FIELD_SCORE;
                    case PRICE_UP -> price(query, false);
                    case PRICE_DOWN -> price(query, true);
                    case NAME -> new SortField(Fields.SORT_NAME, SortField.Type.STRING);
                    case NEWEST -> newest();
                });
    }

    Sort sort() {
        return sort;
    }

    @Nullable
    Float score(FieldDoc hit) {
        return byScore ? (Float) hit.fields[0] : null;
    }

    Position position(FieldDoc hit, UUID id, boolean relaxed) {
        return new Position(
                relaxed,
                switch (hit.fields[0]) {
                    case Float score -> new Position.Value.Score(score);
                    case Long number -> new Position.Value.Whole(number);
                    case BytesRef text -> new Position.Value.Text(text.utf8ToString());
                    case null, default -> throw new IllegalStateException("no such ordering");
                },
                id);
    }

    /** The place behind which to go on; a position of another ordering is refused with 400. */
    @Nullable
    FieldDoc after(@Nullable Position position, IndexReader reader) {
        if (position == null) {
            return null;
        }
        Object value =
                switch (position.value()) {
                    case Position.Value.Score(float score) when byScore -> score;
                    case Position.Value.Whole(long number)
                    when isType(SortField.Type.LONG, SortField.Type.CUSTOM) -> number;
                    case Position.Value.Text(String text) when isType(SortField.Type.STRING) -> new BytesRef(text);
                    case Position.Value _ ->
                        throw KitProblem.MALFORMED
                                .because("The cursor is of another ordering")
                                .parameter("cursor", "is not a cursor of this search");
                };
        // Equal in value and id is the product itself; the highest number lets no other be taken for it.
        int document = Math.max(0, reader.maxDoc() - 1);
        return new FieldDoc(document, Float.NaN, new Object[] {
            value, new BytesRef(position.id().toString())
        });
    }

    private boolean isType(SortField.Type... types) {
        return Arrays.asList(types).contains(sort.getSort()[0].getType());
    }

    private static SortField newest() {
        return new SortField(Fields.PUBLISHED_AT, SortField.Type.LONG, true);
    }

    private static SortField price(SearchQuery query, boolean highestFirst) {
        if (query.currency() == null) {
            throw new IllegalArgumentException("an ordering by price needs a currency");
        }
        return LongField.newSortField(
                Fields.price(query.currency()),
                highestFirst,
                SortedNumericSelector.Type.MIN,
                highestFirst ? Long.MIN_VALUE : Long.MAX_VALUE);
    }
}
