package io.souk.kit.tenant;

import io.quarkus.reactive.pg.client.PgPoolCreator;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnectOptions;

import java.util.function.UnaryOperator;

/**
 * A pool as configured, but with a bounded queue, which Quarkus has no property for. How long somebody waits in it is bounded by
 * {@link OneTransaction}.
 */
final class BoundedPool {
    /** {@link OneTransaction#start} says why. */
    private static final int NO_TIMEOUT = 0;

    private BoundedPool() {}

    static Pool create(PgPoolCreator.Input input, TransactionsConfig config) {
        return create(input, config.maxWaiting(), options -> options.setCachePreparedStatements(true));
    }

    /** @param databases sets what is particular about the connections */
    static Pool create(PgPoolCreator.Input input, int maxWaiting, UnaryOperator<PgConnectOptions> databases) {
        return PgBuilder.pool()
                .with(input.poolOptions().setMaxWaitQueueSize(maxWaiting).setConnectionTimeout(NO_TIMEOUT))
                .connectingTo(input.pgConnectOptionsList().stream()
                        .map(options -> (SqlConnectOptions) databases.apply(options))
                        .toList())
                .using(input.vertx())
                .build();
    }
}
