/** Connections that can be made slow, silent or broken, and well again. */
@NullMarked
package io.souk.chaos.proxy;

import org.jspecify.annotations.NullMarked;
