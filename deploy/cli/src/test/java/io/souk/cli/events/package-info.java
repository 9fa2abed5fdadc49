@NullMarked
package io.souk.cli.events;

import org.jspecify.annotations.NullMarked;
