package io.souk.kit.protocol;

/**
 * What a reader of one view does next (the protocol, section 6). Only the holder of the lease fills, with the generation it
 * looked into before it read the primary: one that is taken after the read may be newer than what was read.
 *
 * <p>{@code nowMicros} is the reader's clock at the time of the answer.
 *
 * @param <B> what is served
 */
public sealed interface ReadStep<B> {
    /** Looks, at most this often, before the database is read without filling. */
    int MAX_LOOKS = 4;

    /**
     * Begins a read.
     *
     * @param copy the replica's copy of the service's generation, however old
     */
    static <B> ReadStep<B> start(Wanted wanted, Generation copy) {
        return new Look<>(wanted, copy, false, 1);
    }

    /** Read position and entry by one command: one moment of one node. */
    record Look<B>(Wanted wanted, Generation generation, boolean confirmed, int look) implements ReadStep<B> {
        public ReadStep<B> found(Found<B> found, long nowMicros) {
            return switch (Verdict.of(wanted, found, nowMicros)) {
                case Verdict.Hit<B> hit -> new Serve<>(hit.entry(), hit.ageMicros());
                case Verdict.Lagging<B> lagging
                when wanted.isRefused(lagging.ageMicros()) -> new TakeLease<>(wanted, generation, look);
                case Verdict.Lagging<B> lagging -> new ServeStale<>(lagging.entry(), lagging.ageMicros());
                case Verdict.Doubt<B> _ when confirmed -> new Load<>(wanted, true);
                case Verdict.Doubt<B> _ -> new FindGeneration<>(wanted, look);
                case Verdict.Miss<B>(var why)
                when why == WhyNot.BEHIND && look < MAX_LOOKS -> new Retry<>(wanted, generation, look);
                case Verdict.Miss<B> _ -> new TakeLease<>(wanted, generation, look);
            };
        }

        /** Redis is away: the database answers, behind its bulkhead. */
        public ReadStep<B> noAnswer() {
            return new Load<>(wanted, true);
        }
    }

    /** The generation has no position: read the service's generation from PostgreSQL, once. */
    record FindGeneration<B>(Wanted wanted, int look) implements ReadStep<B> {
        public ReadStep<B> found(Generation current) {
            return new Look<>(wanted, current, true, look);
        }
    }

    /** Look again after 5 to 20 ms, at random. */
    record Retry<B>(Wanted wanted, Generation generation, int look) implements ReadStep<B> {
        public ReadStep<B> waited() {
            return new Look<>(wanted, generation, false, look + 1);
        }
    }

    /** Ask for the lease with a random token, by the script {@code claim}. */
    record TakeLease<B>(Wanted wanted, Generation generation, int look) implements ReadStep<B> {
        public ReadStep<B> taken(String token) {
            return new LoadToFill<>(wanted, generation, token);
        }

        /** It was not asked for: something else is there than was found before. */
        public ReadStep<B> changed(Found<B> found, long nowMicros) {
            return Verdict.of(wanted, found, nowMicros) instanceof Verdict.Hit<B> hit
                    ? new Serve<>(hit.entry(), hit.ageMicros())
                    : held();
        }

        public ReadStep<B> held() {
            return look < MAX_LOOKS ? new Retry<>(wanted, generation, look) : new Load<>(wanted, true);
        }

        public ReadStep<B> noAnswer() {
            return new Load<>(wanted, true);
        }
    }

    /** Read the primary in a transaction that begins now, never one that was begun for another reader. */
    record LoadToFill<B>(Wanted wanted, Generation generation, String token) implements ReadStep<B> {
        /** Fill with this, and do not wait for it; then go on. */
        public Fill<B> loaded(Loaded<B> loaded, long nowMicros) {
            return new Fill<>(generation, token, loaded, answer(wanted, loaded, nowMicros));
        }
    }

    /** Call {@code fill}; its answer changes nothing for this reader. */
    record Fill<B>(Generation generation, String token, Loaded<B> loaded, ReadStep<B> then) implements ReadStep<B> {}

    /**
     * Read the primary, and fill nothing.
     *
     * @param shared whether a read that is on its way for others in this process may be joined
     */
    record Load<B>(Wanted wanted, boolean shared) implements ReadStep<B> {
        public ReadStep<B> loaded(Loaded<B> loaded, long nowMicros) {
            return shared && !loaded.suits(wanted, nowMicros)
                    ? new Load<>(wanted, false)
                    : answer(wanted, loaded, nowMicros);
        }
    }

    /**
     * A foreign source lags: answer with this, and say that the part is stale.
     *
     * @param ageMicros since the moment for which the answer is proven
     */
    record ServeStale<B>(Entry<B> entry, long ageMicros) implements ReadStep<B> {}

    /**
     * Answer with this.
     *
     * @param ageMicros since the moment for which the answer is proven
     */
    record Serve<B>(Entry<B> entry, long ageMicros) implements ReadStep<B> {}

    /**
     * A foreign source lags, and the caller would rather have no answer than one of that age.
     *
     * @param ageMicros of the answer that is not given
     */
    record Refuse<B>(long ageMicros) implements ReadStep<B> {}

    private static <B> ReadStep<B> answer(Wanted wanted, Loaded<B> loaded, long nowMicros) {
        var entry = loaded.entry();
        long age = Math.max(0, nowMicros - entry.asOf().micros());
        if (loaded.isProven(wanted, nowMicros)) {
            return new Serve<>(entry, age);
        }
        return wanted.isRefused(age) ? new Refuse<>(age) : new ServeStale<>(entry, age);
    }
}
