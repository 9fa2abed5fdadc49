@NullMarked
package io.souk.bench.http;

import org.jspecify.annotations.NullMarked;
