package io.souk.kit.tenant;

import io.quarkus.reactive.pg.client.PgPoolCreator;
import io.vertx.pgclient.PgBuilder;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnectOptions;

/**
 * A pool as configured, but with a bounded queue, which Quarkus has no property for. How long somebody waits in it is bounded by
 * {@link OneTransaction}.
 */
final class BoundedPool {
    /** {@link OneTransaction#start} says why. */
    static final int NO_TIMEOUT = 0;

    private BoundedPool() {}

    static Pool create(PgPoolCreator.Input input, TransactionsConfig config) {
        var bounded =
                input.poolOptions().setMaxWaitQueueSize(config.maxWaiting()).setConnectionTimeout(NO_TIMEOUT);
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
