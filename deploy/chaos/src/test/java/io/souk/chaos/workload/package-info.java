@NullMarked
package io.souk.chaos.workload;

import org.jspecify.annotations.NullMarked;
