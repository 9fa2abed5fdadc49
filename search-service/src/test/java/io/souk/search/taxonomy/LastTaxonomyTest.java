package io.souk.search.taxonomy;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.souk.kit.tenant.TenantId;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;

class LastTaxonomyTest {
    private static final Taxonomy FIRST = taxonomy(1);
    private static final Taxonomy SECOND = taxonomy(2);

    private final List<UniEmitter<? super Taxonomy>> reads = new ArrayList<>();
    private long now;
    private final LastTaxonomy last =
            new LastTaxonomy(new TenantId("halal-market"), _ -> Uni.createFrom().emitter(reads::add), () -> now);

    private static Taxonomy taxonomy(long revision) {
        return new Taxonomy(revision, new CategoryTree("halal-market@" + revision, List.of()), Map.of());
    }

    private CompletableFuture<Taxonomy> asked() {
        return last.taxonomy().subscribeAsCompletionStage();
    }

    private @Nullable Taxonomy answered() {
        return asked().getNow(null);
    }

    private void later(Duration time) {
        now += time.toNanos();
    }

    private void read(Taxonomy taxonomy) {
        reads.removeFirst().complete(taxonomy);
    }

    @Test
    void givenNothingRead_whenAskedTwice_thenBothWaitForOneRead() {
        var one = asked();
        var other = asked();

        assertThat(reads).hasSize(1);
        read(FIRST);

        assertThat(one.getNow(SECOND)).isEqualTo(FIRST);
        assertThat(other.getNow(SECOND)).isEqualTo(FIRST);
    }

    @Test
    void givenNothingRead_whenTheReadFails_thenTheSearchFailsAndTheNextOneReadsAgain() {
        var one = asked();

        reads.removeFirst().fail(new IllegalStateException("thrown by the test"));

        assertThat(one).isCompletedExceptionally();
        assertThat(asked()).isNotDone();
        assertThat(reads).hasSize(1);
    }

    @Test
    void givenATaxonomyThatIsOld_whenTheDatabaseAnswers_thenTheNewOneIsTaken() {
        assertThat(asked()).isNotDone();
        read(FIRST);
        later(LastTaxonomy.BETWEEN_CHECKS);

        var asked = asked();
        read(SECOND);

        assertThat(asked.getNow(null)).isEqualTo(SECOND);
        assertThat(answered()).isEqualTo(SECOND);
    }

    @Test
    void givenATaxonomyThatIsOld_whenTheDatabaseHangs_thenSearchesGoOnWithItAndDoNotWait() {
        assertThat(asked()).isNotDone();
        read(FIRST);
        later(LastTaxonomy.BETWEEN_CHECKS);

        var whoBeganTheCheck = asked();
        later(LastTaxonomy.PATIENCE);

        assertThat(answered()).isEqualTo(FIRST);
        assertThat(whoBeganTheCheck.orTimeout(20, TimeUnit.SECONDS).join()).isEqualTo(FIRST);
        later(Duration.ofMinutes(1));
        assertThat(answered()).isEqualTo(FIRST);
        assertThat(reads).hasSize(1);
        read(SECOND);
        var next = asked();
        assertThat(reads).hasSize(1);
        read(SECOND);
        assertThat(next.getNow(null)).isEqualTo(SECOND);
    }

    @Test
    void givenATaxonomyThatIsOld_whenTheCheckFails_thenTheLastOneServesAndTheNextCheckComesLater() {
        assertThat(asked()).isNotDone();
        read(FIRST);
        later(LastTaxonomy.BETWEEN_CHECKS);

        var asked = asked();
        reads.removeFirst().fail(new IllegalStateException("thrown by the test"));

        assertThat(asked.getNow(null)).isEqualTo(FIRST);
        later(LastTaxonomy.BETWEEN_CHECKS.minusNanos(1));
        assertThat(answered()).isEqualTo(FIRST);
        assertThat(reads).isEmpty();
        later(Duration.ofNanos(1));
        assertThat(asked()).isNotDone();
        assertThat(reads).hasSize(1);
    }
}
