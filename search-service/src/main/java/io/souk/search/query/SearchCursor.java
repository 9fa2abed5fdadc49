package io.souk.search.query;

import io.souk.kit.page.Cursor;
import io.souk.kit.problem.KitProblem;
import io.souk.kit.problem.Problem;

/** A position as the text that callers send back. It holds only for the request that it was given out for. */
final class SearchCursor {
    private static final int PARTS = 5;
    private static final String SCORE = "score";
    private static final String NUMBER = "number";
    private static final String TEXT = "text";

    private SearchCursor() {}

    static String encode(SearchRequest request, Position position) {
        var print = request.fingerprint();
        return switch (position.value()) {
            case Position.Value.Score score ->
                Cursor.encode(print, position.relaxed(), SCORE, Float.floatToIntBits(score.score()), position.id());
            case Position.Value.Whole whole ->
                Cursor.encode(print, position.relaxed(), NUMBER, whole.number(), position.id());
            case Position.Value.Text text -> Cursor.encode(print, position.relaxed(), TEXT, text.text(), position.id());
        };
    }

    /** 400 when it is no cursor, was changed, or belongs to another request. */
    static Position decode(SearchRequest request, String cursor) {
        var key = Cursor.decode(cursor, PARTS);
        if (!Cursor.text(key, 0).equals(request.fingerprint()) || !key.path(1).isBoolean()) {
            throw foreign();
        }
        var value =
                switch (Cursor.text(key, 2)) {
                    case SCORE -> score(Cursor.number(key, 3));
                    case NUMBER -> new Position.Value.Whole(Cursor.number(key, 3));
                    case TEXT -> new Position.Value.Text(Cursor.text(key, 3));
                    default -> throw foreign();
                };
        return new Position(key.path(1).booleanValue(), value, Cursor.id(key, 4));
    }

    private static Position.Value score(long bits) {
        if (bits != (int) bits || Float.isNaN(Float.intBitsToFloat((int) bits))) {
            throw foreign();
        }
        return new Position.Value.Score(Float.intBitsToFloat((int) bits));
    }

    private static Problem foreign() {
        return KitProblem.MALFORMED
                .because("The cursor belongs to another search; begin again without it")
                .parameter("cursor", "is not a cursor of this search");
    }
}
