/** Tests of the commands as people use them: a command line in, an exit code and text out. */
@NullMarked
package io.souk.cli.token;

import org.jspecify.annotations.NullMarked;
