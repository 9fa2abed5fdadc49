/** The processes under test and the connections between them: three servers, the services (two replicas of the catalogue) and the gateway. */
@NullMarked
package io.souk.chaos.fleet;

import org.jspecify.annotations.NullMarked;
