/** How soon one tenant's change is seen while another one imports. */
@NullMarked
package io.souk.bench.fairness;

import org.jspecify.annotations.NullMarked;
