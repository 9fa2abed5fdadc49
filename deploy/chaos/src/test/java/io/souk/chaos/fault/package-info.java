@NullMarked
package io.souk.chaos.fault;

import org.jspecify.annotations.NullMarked;
