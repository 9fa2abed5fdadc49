package io.souk.kit.consumer;

/** The statements by which readers of foreign topics keep their places, for the test that holds them against the simulator's model. */
public final class PositionSql {
    public static final String FIND = SourcePositions.FIND;
    public static final String MOVE = SourcePositions.MOVE;

    private PositionSql() {}
}
