package io.souk.kit.deadletter;

import io.smallrye.mutiny.Uni;
import io.souk.kit.page.Cursor;
import io.souk.kit.page.Limit;
import io.souk.kit.page.Page;
import io.souk.kit.tenant.Transactions;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

import java.util.UUID;

import static io.souk.kit.problem.KitProblem.NOT_FOUND;

/** Letters for an operator's eyes. */
@ApplicationScoped
class FindDeadLetters {
    private final Transactions transactions;
    private final DeadLetterRepository letters;

    FindDeadLetters(Transactions transactions, DeadLetterRepository letters) {
        this.transactions = transactions;
        this.letters = letters;
    }

    /** 404 when there is none with this id, or not any more. */
    Uni<DeadLetter> one(UUID id) {
        return transactions
                .asWorker(worker -> letters.find(worker, id))
                .map(found -> found.orElseThrow(() -> NOT_FOUND.because("No dead letter has this id")));
    }

    /** Those that were first given up last come first; in any state when none is named. */
    Uni<Page<DeadLetter>> page(Letters meant, @Nullable DeadLetterState state, Limit limit, @Nullable String cursor) {
        return Uni.createFrom().deferred(() -> {
            long before = cursor == null ? Long.MAX_VALUE : Cursor.number(Cursor.decode(cursor, 1), 0);
            return transactions
                    .asWorker(worker -> letters.list(worker, meant, state, before, limit.probe()))
                    .map(found -> Page.of(found, limit, last -> Cursor.encode(last.seq())));
        });
    }
}
