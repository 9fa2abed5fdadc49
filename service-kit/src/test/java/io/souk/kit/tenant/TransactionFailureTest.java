package io.souk.kit.tenant;

import io.souk.kit.problem.KitProblem;
import io.souk.kit.problem.Problem;
import io.souk.kit.problem.Problems;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.util.concurrent.CompletionException;

import static org.assertj.core.api.Assertions.assertThat;

class TransactionFailureTest {
    @Test
    void givenACommitWithoutAnAnswer_thenTheCallerIsNotToldThatNothingWasChanged() {
        var lost = new TransactionFailure.OutcomeUnknown(new IOException("connection reset"));

        var problem = Problems.of(new CompletionException(lost));

        assertThat(problem.code()).isEqualTo(KitProblem.OUTCOME_UNKNOWN);
        assertThat(problem.detail()).contains("may have been made", "Idempotency-Key");
    }

    @Test
    void givenATransactionThatWasRolledBack_thenItIsUnavailable() {
        assertThat(Problems.of(new TransactionFailure.TimedOut()))
                .extracting(Problem::code)
                .isEqualTo(KitProblem.UNAVAILABLE);
    }
}
