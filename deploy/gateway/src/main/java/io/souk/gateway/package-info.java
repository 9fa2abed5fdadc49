/**
 * The one door of the local stack. It owns no data: it matches a path to a service by {@code routes.json}, passes the
 * request and the answer on as they stream, and answers by itself only what belongs to no single service: the merged
 * OpenAPI document, Swagger UI, the local issuer's public keys and the health of the whole.
 *
 * <p>Promise: everything is bounded (body, time, connections, waiting requests), a refusal is always a problem document,
 * and nothing a client sends reaches a path that is not in the routes.
 */
@NullMarked
package io.souk.gateway;

import org.jspecify.annotations.NullMarked;
