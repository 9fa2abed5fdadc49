/** Coming back to where one was: a request's own Vert.x context carries its caller and what it changed. Owns no table and no topic. */
@NullMarked
package io.souk.kit.context;

import org.jspecify.annotations.NullMarked;
