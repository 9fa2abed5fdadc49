package io.souk.kit.protocol.sim;

import org.jspecify.annotations.Nullable;

/** What a schedule contains, and how often what strikes: once in so many steps or calls, 0 for never. */
final class Settings {
    boolean entries = true;
    boolean sourceEntries = true;
    boolean consumer;
    boolean lists;
    int partitions = 1;
    int keys = 1;
    int writers = 2;
    int relays = 2;
    int updaters = 2;
    int readers = 3;
    int writes = 1;
    int deletions = 4;
    int recreations = 2;

    /** Who is paused just when it matters; null for everybody. */
    @Nullable
    Class<? extends Actor> late;

    int evictions = 25;
    int failovers = 40;
    int losses = 150;
    int crashes = 60;
    int netFailures = 30;
    int pauses = 30;
    int delicatePauses = 4;
    int longestPause = 40;
    int compactions = 60;
    int restores;
    int rebuilds;
    int poison = 12;
    int leaps = 25;
}
