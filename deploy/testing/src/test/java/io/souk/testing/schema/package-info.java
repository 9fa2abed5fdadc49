@NullMarked
package io.souk.testing.schema;

import org.jspecify.annotations.NullMarked;
