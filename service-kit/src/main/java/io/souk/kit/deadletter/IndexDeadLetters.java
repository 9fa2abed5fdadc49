package io.souk.kit.deadletter;

import io.smallrye.mutiny.Uni;
import io.souk.kit.consumer.DeadLetterIndex;
import io.souk.kit.tenant.Transactions;
import jakarta.enterprise.context.ApplicationScoped;

/** Notes what is given up. */
@ApplicationScoped
class IndexDeadLetters implements DeadLetterIndex {
    private final Transactions transactions;
    private final DeadLetterRepository letters;

    IndexDeadLetters(Transactions transactions, DeadLetterRepository letters) {
        this.transactions = transactions;
        this.letters = letters;
    }

    @Override
    public Uni<Void> add(GivenUp letter) {
        return transactions.asWorker(worker -> letters.add(worker, letter));
    }
}
