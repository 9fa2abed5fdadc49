package io.souk.kit.outbox;

import io.souk.kit.event.AggregateType;
import io.souk.kit.event.Envelope;
import io.souk.kit.event.Order;
import io.souk.kit.id.Ids;
import io.souk.kit.outbox.RelayLoop.Next;
import io.souk.kit.tenant.TenantId;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The order of the relay's steps, on a database and a log that are lists. */
class RelayLoopTest {
    private final List<String> steps = new ArrayList<>();
    private final List<OutboxRow> outbox = new ArrayList<>();
    private boolean leaseIsFree = true;
    private boolean fenced;
    private boolean logIsAway;
    private boolean databaseIsAway;
    private long now;
    private UUID holder = new UUID(0, 0);

    private final RelayLoop loop =
            new RelayLoop(new Database(), new Log(), Duration.ofSeconds(1), () -> now, Ids::next);

    @Test
    void itTakesTheLeaseThenOpensTheLogAndOnlyThenReads() {
        outbox.add(row(1));

        assertThat(loop.turn()).isEqualTo(Next.AGAIN);
        assertThat(loop.turn()).isEqualTo(Next.IDLE);

        assertThat(steps).containsExactly("take", "open", "renew", "read 1", "append 1", "delete 1", "read 0");
        assertThat(outbox).isEmpty();
    }

    @Test
    void withoutTheLeaseItDoesNothing() {
        leaseIsFree = false;
        outbox.add(row(1));

        assertThat(loop.turn()).isEqualTo(Next.FOLLOW);
        assertThat(steps).containsExactly("take");
    }

    @Test
    void itRenewsEachSecondAndStepsDownWhenAnotherHasTheLease() {
        loop.turn();
        steps.clear();
        now += Duration.ofMillis(999).toNanos();
        loop.turn();
        now += Duration.ofMillis(2).toNanos();
        holder = new UUID(0, 2);

        assertThat(loop.turn()).isEqualTo(Next.FOLLOW);
        assertThat(steps).containsExactly("read 0", "renew", "close");
        assertThat(loop.isLeading()).isFalse();
    }

    @Test
    void whenAnotherHadTheLeaseInBetweenItOpensTheLogAnewAndDeletesNothingOfBefore() {
        outbox.add(row(1));
        loop.turn();
        steps.clear();
        now += Duration.ofSeconds(10).toNanos();
        holder = new UUID(0, 2); // took it meanwhile, and has lost it again: it is free

        assertThat(loop.turn()).isEqualTo(Next.FOLLOW);
        assertThat(loop.turn()).isEqualTo(Next.AGAIN);

        assertThat(steps).containsExactly("renew", "close", "take", "open", "renew", "read 1", "append 1");
    }

    @Test
    void whenItIsFencedItGivesUpTheLeaseAndKeepsTheRows() {
        outbox.add(row(1));
        fenced = true;

        assertThat(loop.turn()).isEqualTo(Next.FOLLOW);
        assertThat(steps).endsWith("close", "release");
        assertThat(outbox).hasSize(1);
    }

    @Test
    void whenTheLogFailsItKeepsTheRowsAndOpensAnew() {
        outbox.add(row(1));
        logIsAway = true;
        assertThatThrownBy(loop::turn).hasMessage("away");
        steps.clear();
        logIsAway = false;

        assertThat(loop.turn()).isEqualTo(Next.AGAIN);
        assertThat(steps).containsExactly("take", "open", "renew", "read 1", "append 1");
    }

    @Test
    void whenTheDatabaseFailsBeforeTheDeleteItDeletesBeforeItReadsAgain() {
        outbox.add(row(1));
        loop.turn();
        databaseIsAway = true;
        assertThatThrownBy(loop::turn).hasMessage("away");
        steps.clear();
        databaseIsAway = false;

        assertThat(loop.turn()).isEqualTo(Next.IDLE);
        assertThat(steps).containsExactly("delete 1", "read 0");
    }

    @Test
    void whenItStopsItDeletesWhatIsSentAndLetsAnotherLead() {
        outbox.add(row(1));
        loop.turn();
        steps.clear();

        loop.stop();

        assertThat(steps).containsExactly("close", "delete 1", "read 0", "release");
    }

    private static OutboxRow row(long seq) {
        var type = new AggregateType("catalog", "thing");
        var envelope = new Envelope(
                new UUID(0, seq),
                type,
                new TenantId("acme"),
                new UUID(1, 1),
                new Order(1, seq),
                Instant.EPOCH,
                null,
                null);
        return new OutboxRow(seq, 0, "souk.catalog.thing.changed.v1", envelope, new byte[0]);
    }

    private final class Database implements RelayStore {
        @Override
        public boolean takeLease(UUID term, UUID before) {
            steps.add("take");
            if (leaseIsFree) {
                holder = term;
            }
            return leaseIsFree;
        }

        @Override
        public boolean renewLease(UUID term) {
            steps.add("renew");
            return term.equals(holder);
        }

        @Override
        public void releaseLease(UUID term) {
            steps.add("release");
        }

        @Override
        public List<OutboxRow> next(UUID term, List<OutboxRow> delivered) {
            if (databaseIsAway) {
                throw new IllegalStateException("away");
            }
            if (!delivered.isEmpty()) {
                steps.add("delete " + delivered.size());
                outbox.removeAll(delivered);
            }
            steps.add("read " + outbox.size());
            return List.copyOf(outbox);
        }
    }

    private final class Log implements RelayLog {
        @Override
        public void open() {
            steps.add("open");
        }

        @Override
        public void append(List<OutboxRow> rows) throws Fenced {
            if (fenced) {
                throw new Fenced(new IllegalStateException());
            }
            if (logIsAway) {
                throw new IllegalStateException("away");
            }
            steps.add("append " + rows.size());
        }

        @Override
        public void close() {
            steps.add("close");
        }
    }
}
