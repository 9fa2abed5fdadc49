/**
 * Who calls: bearer tokens (signed JWTs of one issuer), verified once and remembered for a minute at most.
 *
 * <p>The tenant comes from the verified token and from nowhere else. Owns no table and no topic. A token that cannot be
 * trusted is 401, one that can but names no tenant is 403, keys that cannot be had are 503: never mistaken for a bad token.
 */
@NullMarked
package io.souk.kit.token;

import org.jspecify.annotations.NullMarked;
