/**
 * The command line, {@code ./souk}: one class per command, grouped by what they work on. Owns no data but the folder that
 * {@link io.souk.cli.local.DataFolder} describes.
 *
 * <p>Promise: what goes wrong is said in one sentence on standard error with exit code 1 (2 for a command line that cannot be
 * read), and a command that fails leaves nothing running that it started.
 */
@NullMarked
package io.souk.cli;

import org.jspecify.annotations.NullMarked;
