/**
 * What it means that another service does not answer as it should.
 *
 * <p>Owns no table and no topic. Promise: whoever asked hears whose fault it is, and whether to come again.
 */
@NullMarked
package io.souk.orders.peer;

import org.jspecify.annotations.NullMarked;
