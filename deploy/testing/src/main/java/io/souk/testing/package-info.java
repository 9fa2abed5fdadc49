/**
 * What the tests of all modules share: one set of real servers for a whole Maven build, tokens, fresh tenants, waiting by
 * condition, and a look into the topics.
 *
 * <p>The first test JVM of a build starts a daemon, which starts PostgreSQL, Redis and Kafka and ends, with everything it started,
 * when the Maven process ends, however that ends. Each test JVM gets a database, a topic prefix and a Redis database of
 * its own, so that modules may be tested side by side.
 */
@NullMarked
package io.souk.testing;

import org.jspecify.annotations.NullMarked;
