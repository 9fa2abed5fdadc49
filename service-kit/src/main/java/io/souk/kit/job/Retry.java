package io.souk.kit.job;

import io.souk.kit.problem.Problem;
import io.souk.kit.problem.Problems;

import java.time.Duration;

/** What becomes of a job whose step has failed. */
sealed interface Retry {
    /** Doubled more often, the longest pause has been reached. */
    int MAX_DOUBLINGS = 20;

    record Later(Duration pause) implements Retry {}

    record Never(String reason) implements Retry {}

    /**
     * The decision.
     *
     * @param attempts failures in a row before this one
     * @param jitter 0 to 1: half of the pause is left to chance, so that jobs that failed together come back apart
     */
    static Retry after(Throwable failure, int attempts, JobsConfig config, double jitter) {
        if (!Problems.mayPass(failure)) {
            return new Never(reason(failure));
        }
        if (attempts + 1 >= config.maxAttempts()) {
            return new Never("Gave up after " + config.maxAttempts() + " attempts: a dependency did not answer");
        }
        var doubled = config.firstPause().toMillis() << Math.min(attempts, MAX_DOUBLINGS);
        var bounded = Math.min(doubled, config.longestPause().toMillis());
        return new Later(Duration.ofMillis(Math.round(bounded * (0.5 + jitter / 2))));
    }

    private static String reason(Throwable failure) {
        return failure instanceof Problem problem
                ? problem.code().title() + ": " + problem.detail()
                : "An unexpected error; it is recorded under the job's id";
    }
}
