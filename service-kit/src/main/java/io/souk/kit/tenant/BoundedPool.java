package io.souk.kit.tenant;

import io.quarkus.reactive.pg.client.PgPoolCreator;
import io.vertx.pgclient.PgBuilder;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnectOptions;

import java.util.concurrent.TimeUnit;

/** A pool as configured, but with a bounded queue and a bounded wait, which Quarkus has no property for. */
final class BoundedPool {
    private BoundedPool() {}

    static Pool create(PgPoolCreator.Input input, TransactionsConfig config) {
        var bounded = input.poolOptions()
                .setMaxWaitQueueSize(config.maxWaiting())
                .setConnectionTimeout((int) config.acquireTimeout().toMillis())
                .setConnectionTimeoutUnit(TimeUnit.MILLISECONDS);
        var databases = input.pgConnectOptionsList().stream()
                .map(options -> (SqlConnectOptions) options.setCachePreparedStatements(true))
                .toList();
        return PgBuilder.pool()
                .with(bounded)
                .connectingTo(databases)
                .using(input.vertx())
                .build();
    }
}
