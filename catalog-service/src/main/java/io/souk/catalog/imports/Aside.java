package io.souk.catalog.imports;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.core.WorkerExecutor;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.concurrent.Callable;

/**
 * Work on a chunk's rows that needs no database: hundreds of rows at a time would keep an event loop from its other requests,
 * so it is done on one thread beside the loops.
 */
@ApplicationScoped
class Aside {
    private final WorkerExecutor thread;

    Aside(Vertx vertx) {
        thread = vertx.createSharedWorkerExecutor("import-rows", 1);
    }

    /** What comes of the work, in the caller's context. */
    <T> Uni<T> run(Callable<T> work) {
        return thread.executeBlocking(work);
    }
}
