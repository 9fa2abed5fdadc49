package io.souk.kit.view;

import io.souk.kit.tenant.TenantId;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** Who reads the database, who waits for it, and who is sent away. */
class BulkheadTest {
    private static final TenantId LOUD = new TenantId("loud");
    private static final TenantId QUIET = new TenantId("quiet");

    private final Bulkhead bulkhead = new Bulkhead(1, 4);
    private final List<String> ran = new ArrayList<>();

    @Test
    void givenATenantThatWaitsForMuch_thenAnotherIsNextAndNotLast() {
        enter(LOUD, "running");
        enter(LOUD, "first");
        enter(LOUD, "second");
        enter(QUIET, "other");

        leave(4);

        assertThat(ran).containsExactly("running", "first", "other", "second");
        assertThat(bulkhead.running()).isZero();
        assertThat(bulkhead.waiting()).isZero();
    }

    @Test
    void givenATenantThatHasHalfOfThePlaces_thenItIsSentAwayAndAnotherIsNot() {
        enter(LOUD, "running");

        assertThat(enter(LOUD, "first")).isTrue();
        assertThat(enter(LOUD, "second")).isTrue();
        assertThat(enter(LOUD, "third")).isFalse();
        assertThat(enter(QUIET, "other")).isTrue();
        assertThat(enter(new TenantId("third"), "last")).isTrue();
        assertThat(enter(new TenantId("fourth"), "one too many")).isFalse();

        leave(5);
        assertThat(ran).containsExactly("running", "first", "other", "last", "second");
    }

    @Test
    void givenNoPlacesToWait_thenOnlyWhatRunsIsTaken() {
        var none = new Bulkhead(1, 0);

        assertThat(none.enter(LOUD, () -> {})).isTrue();
        assertThat(none.enter(QUIET, () -> {})).isFalse();
    }

    private boolean enter(TenantId tenant, String task) {
        return bulkhead.enter(tenant, () -> ran.add(task));
    }

    private void leave(int times) {
        for (int i = 0; i < times; i++) {
            bulkhead.leave();
        }
    }
}
