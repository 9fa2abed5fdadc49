/**
 * The end of a service: what goes on beside its requests ends in good order, all of it at once and within one time, before the
 * pools close. Owns no table and no topic.
 */
@NullMarked
package io.souk.kit.stop;

import org.jspecify.annotations.NullMarked;
