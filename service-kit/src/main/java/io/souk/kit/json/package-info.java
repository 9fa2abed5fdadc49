/**
 * JSON as every service reads and writes it: strict in, deterministic out.
 *
 * <p>Owns no table and no topic. What is read is what was sent: an unknown or repeated field, a value of another type, a
 * fraction where a whole number belongs, and NUL (which PostgreSQL cannot store) are refused, never coerced.
 */
@NullMarked
package io.souk.kit.json;

import org.jspecify.annotations.NullMarked;
