@NullMarked
package io.souk.bench.card;

import org.jspecify.annotations.NullMarked;
