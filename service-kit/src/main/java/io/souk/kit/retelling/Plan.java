package io.souk.kit.retelling;

import java.util.List;

/**
 * What is done in which order. The whole log comes first: should it contradict the tables, nothing was told yet.
 *
 * @param aggregates by name
 * @param shards of each topic
 */
record Plan(List<String> aggregates, int shards) {
    sealed interface Part {
        /** What is done, as operators see it. */
        RetellingPhase phase();

        /** One partition of an aggregate's topic is read. */
        record Log(String aggregate, int shard) implements Part {
            @Override
            public RetellingPhase phase() {
                return RetellingPhase.READING_LOG;
            }
        }

        /** An aggregate's rows are told. */
        record Rows(String aggregate) implements Part {
            @Override
            public RetellingPhase phase() {
                return RetellingPhase.TELLING_ROWS;
            }
        }

        /** What only the log knows is told to be deleted. */
        record Lost() implements Part {
            @Override
            public RetellingPhase phase() {
                return RetellingPhase.TELLING_LOST;
            }
        }
    }

    /** How many parts there are. */
    long size() {
        return (long) aggregates.size() * (shards + 1) + 1;
    }

    /** The part at a place, of which 0 is the first; behind the last one it is the last. */
    Part at(long place) {
        long logs = (long) aggregates.size() * shards;
        if (place < logs) {
            return new Part.Log(aggregates.get((int) (place / shards)), (int) (place % shards));
        }
        long rows = place - logs;
        return rows < aggregates.size() ? new Part.Rows(aggregates.get((int) rows)) : new Part.Lost();
    }
}
