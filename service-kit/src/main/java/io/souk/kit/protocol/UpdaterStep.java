package io.souk.kit.protocol;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/**
 * What the updater of one topic and shard does next (the protocol, section 5). Its position is in Redis beside the data, and
 * every record is checked against it; so any number of updaters may run, and one that was paused does no harm.
 *
 * <p>{@code nowMicros} is the wall clock at the time of the answer.
 *
 * @param <C> a change as {@code apply} takes it
 */
public sealed interface UpdaterStep<C> {
    /** Feeds the service's generation, whichever it is. */
    static <C> UpdaterStep<C> start(UpdaterRules rules) {
        return new FindGeneration<>(rules, null);
    }

    /** Feeds a generation that is being built, and goes on feeding it when it is published. */
    static <C> UpdaterStep<C> build(UpdaterRules rules, Generation unpublished) {
        return new FindGeneration<>(rules, unpublished);
    }

    /** Something is away: by back-off, then as on assignment. Nothing is skipped. */
    record Pause<C>(UpdaterRules rules, @Nullable Generation building) implements UpdaterStep<C> {
        private static <C> Pause<C> of(Following following) {
            return new Pause<>(following.rules(), following.building());
        }

        public UpdaterStep<C> resumed() {
            return new FindGeneration<>(rules, building);
        }
    }

    /** Read the service's generation from PostgreSQL. */
    record FindGeneration<C>(UpdaterRules rules, @Nullable Generation building) implements UpdaterStep<C> {
        public UpdaterStep<C> found(Generation current, long nowMicros) {
            var followed = building == null ? current : building;
            return new FindPosition<>(new Following(rules, followed, followed.equals(current), nowMicros));
        }

        public UpdaterStep<C> failed() {
            return new Pause<>(rules, building);
        }
    }

    /** Read the position of this topic and shard in the generation from Redis. */
    record FindPosition<C>(Following following) implements UpdaterStep<C> {
        public UpdaterStep<C> found(Position position) {
            return new Poll<>(following, position);
        }

        public UpdaterStep<C> gone() {
            return new ConfirmLoss<>(following);
        }

        public UpdaterStep<C> noAnswer() {
            return Pause.of(following);
        }
    }

    /** Take what lies at {@code position.offset() + 1} and behind it; seek when the log's reader is elsewhere. */
    record Poll<C>(Following following, Position position) implements UpdaterStep<C> {
        /**
         * The age is looked at between the poll and the first record that is applied, so a pause before or after does not
         * matter: what a compaction took away before the poll was taken away by {@code nowMicros}.
         */
        public UpdaterStep<C> polled(List<Logged<C>> records, long nowMicros) {
            if (following.isLookDue(nowMicros)) {
                return new FindGeneration<>(following.rules(), following.building());
            }
            if (records.isEmpty()) {
                return this;
            }
            if (following.mayMissTombstones(position, nowMicros)) {
                return new FindEnds<>(following);
            }
            var readable = readable(records);
            if (readable.isEmpty()) {
                return new Stop<>(following, records.getFirst().offset());
            }
            var undecodable = readable.stream()
                    .filter(logged -> logged.record() instanceof LogRecord.Undecodable<C>)
                    .toList();
            return undecodable.isEmpty()
                    ? new Apply<>(following, position, readable)
                    : new Bury<>(following, position, undecodable, readable);
        }

        public UpdaterStep<C> failed() {
            return Pause.of(following);
        }

        /** The log does not reach to the position, or no longer: it is another log than the one that was applied. */
        public UpdaterStep<C> outOfRange() {
            return new FindEnds<>(following);
        }

        private static <C> List<Logged<C>> readable(List<Logged<C>> records) {
            var readable = new ArrayList<Logged<C>>(records.size());
            for (var logged : records) {
                if (logged.record() instanceof LogRecord.Unreadable<C>) {
                    break;
                }
                readable.add(logged);
            }
            return readable;
        }
    }

    /** Put the undecodable ones into the dead letters, twice rather than never, before the position passes them. */
    record Bury<C>(Following following, Position position, List<Logged<C>> undecodable, List<Logged<C>> records)
            implements UpdaterStep<C> {
        public UpdaterStep<C> buried() {
            return new Apply<>(following, position, records);
        }

        public UpdaterStep<C> failed() {
            return Pause.of(following);
        }
    }

    /**
     * Send {@code apply} for each record in order, as one pipeline: the first with the position's offset as its predecessor,
     * every other with the record before it.
     */
    record Apply<C>(Following following, Position position, List<Logged<C>> records) implements UpdaterStep<C> {
        /**
         * As far as they were all applied.
         *
         * @param answers one per record, in order; those behind the first that is not {@link Applied.Ok} may be left out
         */
        public UpdaterStep<C> applied(List<Applied> answers) {
            var reached = position;
            for (int i = 0; i < records.size(); i++) {
                switch (answers.get(i)) {
                    case Applied.Ok() ->
                        reached = reached.after(
                                records.get(i).offset(), records.get(i).record());
                    case Applied.Gap(var found) -> {
                        return new Poll<>(following, found);
                    }
                    case Applied.Gone() -> {
                        return new ConfirmLoss<>(following);
                    }
                    case Applied.NoAnswer() -> {
                        return Pause.of(following);
                    }
                }
            }
            return new Poll<>(following, reached);
        }
    }

    /** The generation has no position: read the service's generation from PostgreSQL again. */
    record ConfirmLoss<C>(Following lost) implements UpdaterStep<C> {
        public UpdaterStep<C> found(Generation current, long nowMicros) {
            return current.equals(lost.generation())
                    ? new FindEnds<>(lost)
                    : new FindPosition<>(new Following(lost.rules(), current, true, nowMicros));
        }

        public UpdaterStep<C> failed() {
            return Pause.of(lost);
        }
    }

    /** First of a new generation: the ends of all partitions of the service's topics. */
    record FindEnds<C>(Following lost) implements UpdaterStep<C> {
        /**
         * The ends, and the generation that begins there.
         *
         * @param fresh an id that was never used before
         */
        public UpdaterStep<C> found(Ends ends, Generation fresh) {
            return new PlacePositions<>(lost, ends, fresh);
        }

        public UpdaterStep<C> failed() {
            return Pause.of(lost);
        }
    }

    /** Second: the new generation's position in every slot, offset {@code end - 1}, watermarks 0. */
    record PlacePositions<C>(Following lost, Ends ends, Generation fresh) implements UpdaterStep<C> {
        public UpdaterStep<C> placed() {
            return new Publish<>(lost, fresh);
        }

        public UpdaterStep<C> noAnswer() {
            return Pause.of(lost);
        }
    }

    /** Third, and only now: make it the service's generation in PostgreSQL, if that is still the lost one. */
    record Publish<C>(Following lost, Generation fresh) implements UpdaterStep<C> {
        /** Also when the outcome is unknown: then PostgreSQL knows. */
        public UpdaterStep<C> published() {
            return start(lost.rules());
        }

        public UpdaterStep<C> anotherWasFaster() {
            return new Drop<>(lost.rules(), fresh);
        }
    }

    /** Delete the positions of a generation that nobody will ever read; done or not makes no difference. */
    record Drop<C>(UpdaterRules rules, Generation unused) implements UpdaterStep<C> {
        public UpdaterStep<C> done() {
            return start(rules);
        }
    }

    /**
     * The shard stands still, readers bypass the cache once its watermark is old, and an operator must look. A new generation
     * begins behind the record, so the service's generation is still asked for from time to time.
     */
    record Stop<C>(Following following, long offset) implements UpdaterStep<C> {
        public UpdaterStep<C> found(Generation current, long nowMicros) {
            return current.equals(following.generation())
                    ? this
                    : new FindPosition<>(new Following(following.rules(), current, true, nowMicros));
        }
    }
}
