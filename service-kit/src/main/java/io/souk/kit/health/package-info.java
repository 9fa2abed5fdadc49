/**
 * Health for probes: {@code live} (the process answers), {@code started} (migrations are done), {@code ready} (the
 * database answers). A cache or a log that is away degrades a service and does not take it out of service: such reasons
 * are shown beside UP. Owns no table and no topic.
 */
@NullMarked
package io.souk.kit.health;

import org.jspecify.annotations.NullMarked;
