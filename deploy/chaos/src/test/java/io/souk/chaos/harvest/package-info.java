@NullMarked
package io.souk.chaos.harvest;

import org.jspecify.annotations.NullMarked;
