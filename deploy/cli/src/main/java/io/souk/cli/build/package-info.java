/**
 * What is run, built from what is there: Maven for the modules whose sources are newer than their last build, then one short
 * run of the stack to record the AOT caches from which the processes start fast.
 *
 * <p>Promise: a second build with nothing changed does nothing, and a failed one leaves the last good caches unused rather
 * than wrong: the JVM checks a cache against the jars it was made from.
 */
@NullMarked
package io.souk.cli.build;

import org.jspecify.annotations.NullMarked;
