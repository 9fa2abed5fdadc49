/**
 * Every error body of every service: RFC 9457 {@code application/problem+json} with a stable {@code type}.
 *
 * <p>A service lists its refusals in one enum that implements {@link io.souk.kit.problem.ProblemCode} and throws them;
 * whatever else fails is named by {@link io.souk.kit.problem.Problems}. What is our own fault becomes a 500 with a trace
 * id and nothing else. A failure is logged once, where it is answered. Owns no table and no topic.
 */
@NullMarked
package io.souk.kit.problem;

import org.jspecify.annotations.NullMarked;
