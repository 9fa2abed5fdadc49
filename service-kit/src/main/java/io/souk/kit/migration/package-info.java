/** How a service brings its schema up to date when it starts, while the replicas of before still serve. */
@NullMarked
package io.souk.kit.migration;

import org.jspecify.annotations.NullMarked;
