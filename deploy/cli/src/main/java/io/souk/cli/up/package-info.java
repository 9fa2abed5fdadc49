/**
 * The first command: from a fresh clone to a running stack with something in it. Owns nothing; it calls what builds, starts
 * and loads, in order.
 *
 * <p>Promise: it ends with everything up, or with one sentence and nothing running.
 */
@NullMarked
package io.souk.cli.up;

import org.jspecify.annotations.NullMarked;
