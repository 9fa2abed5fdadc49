/** Tests of asking services to prove their books. */
@NullMarked
package io.souk.cli.verify;

import org.jspecify.annotations.NullMarked;
