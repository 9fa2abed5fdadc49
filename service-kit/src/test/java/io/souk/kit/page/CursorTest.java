package io.souk.kit.page;

import io.souk.kit.id.Ids;
import io.souk.kit.problem.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Instant;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class CursorTest {
    @Test
    void givenAKey_thenItsPartsComeBack() {
        var id = Ids.next();
        var moment = Instant.parse("2026-01-31T12:00:00.123456Z");

        var key = Cursor.decode(Cursor.encode("ножи", 7L, id, moment, null), 5);

        assertThat(Cursor.text(key, 0)).isEqualTo("ножи");
        assertThat(Cursor.number(key, 1)).isEqualTo(7);
        assertThat(Cursor.id(key, 2)).isEqualTo(id);
        assertThat(Cursor.instant(key, 3)).isEqualTo(moment);
        assertThat(key.get(4).isNull()).isTrue();
    }

    /** In turn: no base64, empty, an object, a list in a list, an empty list, NUL, another number of parts. */
    @ParameterizedTest
    @ValueSource(strings = {"%%", "", "e30", "W1tdXQ", "W10", "WyJcdTAwMDAiXQ", "WzFd"})
    void givenWhatIsNoCursor_thenItIsRefusedByName(String cursor) {
        assertThatThrownBy(() -> Cursor.decode(cursor, 2)).isInstanceOfSatisfying(Problem.class, problem -> {
            assertThat(problem.status()).isEqualTo(400);
            assertThat(problem.errors()).extracting(error -> error.parameter()).containsExactly("cursor");
        });
    }

    @Test
    void givenNoCursor_thenAListOfIdsBeginsBeforeAll() {
        var id = Ids.next();

        assertThat(Cursor.afterId(null)).isLessThan(id);
        assertThat(Cursor.afterId(Cursor.encode(id))).isEqualTo(id);
        assertThatThrownBy(() -> Cursor.afterId(Cursor.encode("x"))).isInstanceOf(Problem.class);
        assertThatThrownBy(() -> Cursor.afterId(Cursor.encode(id, id))).isInstanceOf(Problem.class);
    }

    @Test
    void givenAHugeCursor_thenItIsNotRead() {
        assertThatThrownBy(() -> Cursor.decode("W".repeat(100_000))).isInstanceOf(Problem.class);
    }

    @Test
    void givenPartsOfOtherTypes_thenTheyAreRefused() {
        var key = Cursor.decode(Cursor.encode("x", 1.5));

        assertThatThrownBy(() -> Cursor.number(key, 0)).isInstanceOf(Problem.class);
        assertThatThrownBy(() -> Cursor.number(key, 1)).isInstanceOf(Problem.class);
        assertThatThrownBy(() -> Cursor.id(key, 0)).isInstanceOf(Problem.class);
        assertThatThrownBy(() -> Cursor.instant(key, 0)).isInstanceOf(Problem.class);
        assertThatThrownBy(() -> Cursor.text(key, 7)).isInstanceOf(Problem.class);
    }

    @Test
    void givenExactlyAPage_thenThereIsNoNext() {
        assertThat(Page.of(List.of(1, 2), new Limit(2), last -> "next").next()).isNull();
        assertThat(Page.of(List.of(1, 2, 3), new Limit(2), last -> "after-" + last))
                .isEqualTo(new Page<>(List.of(1, 2), "after-2"));
    }
}
