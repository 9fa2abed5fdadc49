package io.souk.kit.tenant;

import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.quarkus.reactive.pg.client.PgPoolCreator;
import io.vertx.sqlclient.Pool;
import jakarta.inject.Singleton;

/** The connections of relay, sweeps and jobs: the role {@code <service>_worker}, which sees all tenants. */
@Singleton
@ReactiveDataSource("worker")
class WorkerPool implements PgPoolCreator {
    private final TransactionsConfig config;

    WorkerPool(TransactionsConfig config) {
        this.config = config;
    }

    @Override
    public Pool create(Input input) {
        return BoundedPool.create(input, config);
    }
}
