@NullMarked
package io.souk.chaos.proxy;

import org.jspecify.annotations.NullMarked;
