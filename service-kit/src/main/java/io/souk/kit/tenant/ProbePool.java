package io.souk.kit.tenant;

import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.quarkus.reactive.pg.client.PgPoolCreator;
import io.vertx.sqlclient.Pool;
import jakarta.inject.Singleton;

/** The one connection of {@link DatabaseProbe}, which does not wait long for it: the role {@code <service>_app}. */
@Singleton
@ReactiveDataSource("probe")
class ProbePool implements PgPoolCreator {
    /** Probes that have given up, whose turn has not come yet. */
    private static final int FEW = 8;

    @Override
    public Pool create(Input input) {
        int millis = Math.toIntExact(DatabaseProbe.PATIENCE.toMillis());
        return BoundedPool.create(input, FEW, options -> options.setConnectTimeout(millis));
    }
}
