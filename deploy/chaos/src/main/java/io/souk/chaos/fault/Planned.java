package io.souk.chaos.fault;

import java.time.Duration;

/**
 * A fault of a lane.
 *
 * @param pause after the one before it in the lane was healed
 * @param lasts until it is healed; zero for what is done in a moment
 */
public record Planned(Duration pause, Duration lasts, Fault fault) {}
