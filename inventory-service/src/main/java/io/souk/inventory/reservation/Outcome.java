package io.souk.inventory.reservation;

import io.souk.kit.idempotency.Answer;
import io.souk.kit.problem.Problem;

/** What came of a cart. */
sealed interface Outcome {
    /** An order's reservation has its row and, if that was made now, its event: open or refused. */
    record Settled() implements Outcome {}

    /** What its client is answered, now or again. */
    record Answered(Answer answer) implements Outcome {}

    /** Why its client gets nothing. */
    record Refused(Problem problem) implements Outcome {}
}
