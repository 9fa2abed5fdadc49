/** What is done to the fleet, and when: drawn from a seed, each fault healed in the end. */
@NullMarked
package io.souk.chaos.fault;

import org.jspecify.annotations.NullMarked;
