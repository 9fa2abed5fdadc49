/**
 * Records that a consumer of this service gave up, for operators: listed, looked at, and redriven.
 *
 * <p>Table {@code dead_letter}, an index of the topic {@code <prefix>.dlq.<service>} with the records themselves, kept as long as
 * that topic keeps them. A record is in it before its reader goes on.
 *
 * <p>Promise: nothing is dropped before its time. A redriven record goes to the consumer that gave it up, by the path of its
 * reader; what fails again stays, with why.
 */
@NullMarked
package io.souk.kit.deadletter;

import org.jspecify.annotations.NullMarked;
