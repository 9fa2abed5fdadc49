package io.souk.bench.bare;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;

/** One GET of a ready answer; one reader per event loop. */
interface RedisRead {
    /** Fails when the key is not there. */
    Future<Buffer> get(String key);
}
