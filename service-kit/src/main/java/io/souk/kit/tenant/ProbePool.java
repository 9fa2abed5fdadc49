package io.souk.kit.tenant;

import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.quarkus.reactive.pg.client.PgPoolCreator;
import io.vertx.pgclient.PgBuilder;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnectOptions;
import jakarta.inject.Singleton;

import java.util.concurrent.TimeUnit;

/** The one connection of {@link DatabaseProbe}: the role {@code <service>_app}, and no waiting for it. */
@Singleton
@ReactiveDataSource("probe")
class ProbePool implements PgPoolCreator {
    @Override
    public Pool create(Input input) {
        int millis = Math.toIntExact(DatabaseProbe.PATIENCE.toMillis());
        var databases = input.pgConnectOptionsList().stream()
                .map(options -> (SqlConnectOptions) options.setConnectTimeout(millis))
                .toList();
        return PgBuilder.pool()
                .with(input.poolOptions().setConnectionTimeout(millis).setConnectionTimeoutUnit(TimeUnit.MILLISECONDS))
                .connectingTo(databases)
                .using(input.vertx())
                .build();
    }
}
