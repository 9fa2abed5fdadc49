/**
 * HTTP conventions: versions as entity tags (RFC 9110), {@code Prefer: wait} (RFC 7240), JSON Merge Patch (RFC 7396),
 * bounds on what a request may hold.
 *
 * <p>Owns no table and no topic. What a header cannot mean is refused by name, never guessed.
 */
@NullMarked
package io.souk.kit.http;

import org.jspecify.annotations.NullMarked;
