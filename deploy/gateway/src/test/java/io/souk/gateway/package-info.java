/** The gateway in front of real HTTP servers, met over real sockets. */
@NullMarked
package io.souk.gateway;

import org.jspecify.annotations.NullMarked;
