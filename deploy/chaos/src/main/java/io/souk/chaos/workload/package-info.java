/** Writers, readers, buyers and clerks who use the shop through HTTP and take down what they did and saw. */
@NullMarked
package io.souk.chaos.workload;

import org.jspecify.annotations.NullMarked;
