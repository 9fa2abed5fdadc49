/**
 * Commands that are safe to send twice: {@code Idempotency-Key}.
 *
 * <p>Table {@code idempotency_key}. The answer is stored in the transaction of the effect, so there is never one without
 * the other; the same key and body gets the stored answer, another body 422, one that is still running 409. Kept 24 hours.
 */
@NullMarked
package io.souk.kit.idempotency;

import org.jspecify.annotations.NullMarked;
