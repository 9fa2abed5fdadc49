/**
 * What a user does, on the stack that {@code ./souk up} starts: import, read, search, order; and the same while a server or a
 * service is away. One stack serves all tests; each test has a tenant of its own.
 */
@NullMarked
package io.souk.e2e;

import org.jspecify.annotations.NullMarked;
