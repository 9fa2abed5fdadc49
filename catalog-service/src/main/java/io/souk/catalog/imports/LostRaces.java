package io.souk.catalog.imports;

import io.souk.kit.problem.Problem;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Finds the line that the tables refuse though every look says that it is good. The first time a step loses, somebody else
 * was quicker, and the next look sees what they wrote. If it loses again, the job takes an eighth of the lines, and so on
 * until the line in question stands alone and is refused; then it takes more again.
 *
 * <p>Kept by the replica that runs the job; another one begins anew. Safe for use by several threads.
 */
@ApplicationScoped
class LostRaces {
    /** Chunks hold no more lines. */
    private static final int ALL = 10_000;

    private static final int NARROWER = 8;

    /** Jobs that left this replica in the middle are few; they are forgotten together. */
    private static final int MAX_JOBS = 1_000;

    private final Map<UUID, Pace> paces = new ConcurrentHashMap<>();

    /**
     * How a job goes on.
     *
     * @param lines at most so many at once
     * @param first where the step that was lost began
     * @param refusal why the tables refused that line alone; null unless they did
     */
    record Pace(int lines, long first, @Nullable Problem refusal) {
        private static final Pace FULL = new Pace(ALL, 0, null);

        @Nullable
        Problem refusalOf(Chunk chunk) {
            return chunk.firstLine() == first ? refusal : null;
        }

        private @Nullable Pace faster() {
            return lines >= ALL ? null : new Pace(lines * NARROWER, 0, null);
        }
    }

    Pace pace(UUID job) {
        return paces.getOrDefault(job, Pace.FULL);
    }

    /** The step with these lines was lost. */
    void lost(UUID job, Chunk chunk, Problem refusal) {
        if (paces.size() >= MAX_JOBS) {
            paces.clear();
        }
        paces.compute(job, (_, before) -> {
            if (before == null) {
                return Pace.FULL;
            }
            var refused = chunk.lines() == 1 ? refusal : null;
            return new Pace(Math.max(1, chunk.lines() / NARROWER), chunk.firstLine(), refused);
        });
    }

    void won(UUID job) {
        paces.computeIfPresent(job, (_, pace) -> pace.faster());
    }
}
