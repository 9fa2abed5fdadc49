package io.souk.kit.protocol;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * What a reader of one list does next (the protocol, section 7). A list is kept under the count of its scope, a random text
 * that every change replaces; the count is read first, and the query runs after it.
 *
 * @param <B> what is served
 */
public sealed interface ListStep<B> {
    static <B> ListStep<B> start(Wanted wanted, Generation copy) {
        return new Look<>(wanted, copy, false);
    }

    /** Read the count of the scope and the positions of every shard in the slot of the lists by one command. */
    record Look<B>(Wanted wanted, Generation generation, boolean confirmed) implements ListStep<B> {
        /**
         * As the command answered.
         *
         * @param positions with nulls for those that are missing
         */
        public ListStep<B> found(List<@Nullable Position> positions, @Nullable String count) {
            var vouching = Found.<B>of(positions, null).positions();
            if (vouching == null) {
                return confirmed ? new Load<>(wanted) : new FindGeneration<>(wanted);
            }
            return count == null
                    ? new MakeCount<>(wanted, generation)
                    : new FindList<>(wanted, generation, vouching, count);
        }

        public ListStep<B> noAnswer() {
            return new Load<>(wanted);
        }
    }

    /** Read the service's generation from PostgreSQL, once. */
    record FindGeneration<B>(Wanted wanted) implements ListStep<B> {
        public ListStep<B> found(Generation current) {
            return new Look<>(wanted, current, true);
        }
    }

    /** {@code SET count random NX}: a number would be reached again after a failover. */
    record MakeCount<B>(Wanted wanted, Generation generation) implements ListStep<B> {
        /** Made by this one or by another. */
        public ListStep<B> made() {
            return new Look<>(wanted, generation, true);
        }

        public ListStep<B> noAnswer() {
            return new Load<>(wanted);
        }
    }

    /** Read what is kept of the query under the count. */
    record FindList<B>(Wanted wanted, Generation generation, List<Position> positions, String count)
            implements ListStep<B> {
        public ListStep<B> found(@Nullable Entry<B> list, long nowMicros) {
            return Verdict.of(wanted, new Found<>(positions, list), nowMicros) instanceof Verdict.Hit<B> hit
                    ? new Serve<>(hit.entry(), hit.ageMicros())
                    : new Query<>(wanted, generation, count);
        }

        public ListStep<B> noAnswer() {
            return new Load<>(wanted);
        }
    }

    /** Run the query in a transaction that begins now. */
    record Query<B>(Wanted wanted, Generation generation, String count) implements ListStep<B> {
        /** Store the result under the count from before, and do not wait for it; then go on. */
        public Store<B> loaded(Loaded<B> loaded, long nowMicros) {
            return new Store<>(generation, count, loaded, answer(wanted, loaded, nowMicros));
        }
    }

    /** {@code SET} with a TTL; its answer changes nothing for this reader. */
    record Store<B>(Generation generation, String count, Loaded<B> loaded, ListStep<B> then) implements ListStep<B> {}

    /** Run the query and store nothing. */
    record Load<B>(Wanted wanted) implements ListStep<B> {
        public ListStep<B> loaded(Loaded<B> loaded, long nowMicros) {
            return answer(wanted, loaded, nowMicros);
        }
    }

    /** A foreign source lags: say that the list is stale. */
    record ServeStale<B>(Loaded<B> loaded) implements ListStep<B> {}

    /**
     * Answer with this.
     *
     * @param ageMicros since the moment for which the answer is proven
     */
    record Serve<B>(Entry<B> entry, long ageMicros) implements ListStep<B> {}

    private static <B> ListStep<B> answer(Wanted wanted, Loaded<B> loaded, long nowMicros) {
        var entry = loaded.entry();
        return loaded.isProven(wanted, nowMicros)
                ? new Serve<>(entry, Math.max(0, nowMicros - entry.asOf().micros()))
                : new ServeStale<>(loaded);
    }
}
