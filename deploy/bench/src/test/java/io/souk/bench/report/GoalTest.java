package io.souk.bench.report;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class GoalTest {
    @Test
    void givenNoneSeen_whenToldAsNever_thenTheBoundIsThreeOfAllCases() {
        var goal = Goal.never("A read too many", 0, 600);

        assertThat(goal.isMet()).isTrue();
        assertThat(goal.measured()).isEqualTo("0 of 600, so with 95 % certainty at most 0.50 %");
    }

    @Test
    void givenOneSeen_whenToldAsNever_thenItIsMissed() {
        var goal = Goal.never("A read too many", 1, 600);

        assertThat(goal.isMet()).isFalse();
        assertThat(goal.measured()).isEqualTo("1 of 600");
    }

    @Test
    void givenTooFewCases_whenToldAsNever_thenNothingIsSaid() {
        assertThat(Goal.mostOften(3)).isEqualTo(1);
        assertThat(Goal.mostOften(0)).isEqualTo(1);
        assertThat(Goal.never("Anything", 0, 0).isMet()).isFalse();
    }
}
