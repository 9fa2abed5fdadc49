package io.souk.kit.protocol;

import java.util.List;

/**
 * What the reader of one foreign topic and shard does next, who applies its events into own tables (the protocol, section
 * 5). Its position is the row of {@code source_watermark}, which moves only from where the reader found it; so a database that
 * lost commits, or another reader, is noticed, and nothing is skipped.
 */
public sealed interface SourceStep<C> {
    static <C> SourceStep<C> start() {
        return new FindPosition<>();
    }

    /** The database is away: by back-off. */
    record Pause<C>() implements SourceStep<C> {
        public SourceStep<C> resumed() {
            return new FindPosition<>();
        }
    }

    /** Read the topic's and shard's row; {@link Position#START} when there is none. */
    record FindPosition<C>() implements SourceStep<C> {
        public SourceStep<C> found(Position position) {
            return new Poll<>(position);
        }

        public SourceStep<C> failed() {
            return new Pause<>();
        }
    }

    /** Take what lies at {@code position.offset() + 1} and behind it. */
    record Poll<C>(Position position) implements SourceStep<C> {
        public SourceStep<C> polled(List<Logged<C>> records) {
            return records.isEmpty() ? this : new Apply<>(position, records);
        }

        public SourceStep<C> failed() {
            return new Pause<>();
        }
    }

    /**
     * Apply the records, then move the row from the old offset to {@link #reached}, which fails when it is elsewhere. In one
     * transaction or in several that end in this order: what is applied twice is passed over by its order or its inbox row. One
     * that cannot be decoded goes to the dead letters; the consumer is told first, and may mark its row.
     */
    record Apply<C>(Position position, List<Logged<C>> records) implements SourceStep<C> {
        /** The row's new content: the last record's offset, and the watermarks of the heartbeats among them. */
        public Position reached() {
            var reached = position;
            for (var logged : records) {
                reached = reached.after(logged.offset(), logged.record());
            }
            return reached;
        }

        public SourceStep<C> committed() {
            return new Poll<>(reached());
        }

        /** The row is elsewhere, or the outcome is unknown: it knows. */
        public SourceStep<C> notCommitted() {
            return new FindPosition<>();
        }
    }
}
