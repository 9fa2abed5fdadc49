package io.souk.kit.protocol;

import java.time.Duration;

/**
 * How often a relay renews its lease and how often it gives a heartbeat.
 *
 * @param renewal well below the time for which the lease lasts
 * @param heartbeat at most an eighth of the bound on staleness (the protocol, section 3)
 */
public record RelayPace(Duration renewal, Duration heartbeat) {}
