package io.souk.kit.tenant;

import io.quarkus.reactive.pg.client.PgPoolCreator;
import io.vertx.sqlclient.Pool;
import jakarta.inject.Singleton;

/** The requests' connections: the role {@code <service>_app}, which sees one tenant at a time. */
@Singleton
class AppPool implements PgPoolCreator {
    private final TransactionsConfig config;

    AppPool(TransactionsConfig config) {
        this.config = config;
    }

    @Override
    public Pool create(Input input) {
        return BoundedPool.create(input, config);
    }
}
