/**
 * Tokens of the local stack's own issuer, for people and scripts. Owns nothing: keys belong to the data folder.
 *
 * <p>Promise: standard output has the token and nothing else.
 */
@NullMarked
package io.souk.cli.token;

import org.jspecify.annotations.NullMarked;
