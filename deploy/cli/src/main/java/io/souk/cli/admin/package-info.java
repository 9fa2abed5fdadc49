/**
 * What operators ask of the services of a stack: {@code ./souk dead-letters}, {@code ./souk outbox} and {@code ./souk caches}.
 *
 * <p>Goes to each service itself, as an operator, since the gateway leads nobody to the administration. What a service tells is
 * printed without control characters, as a record may hold any.
 */
@NullMarked
package io.souk.cli.admin;

import org.jspecify.annotations.NullMarked;
