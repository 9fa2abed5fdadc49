package io.souk.kit.tenant;

import io.vertx.mutiny.sqlclient.SqlConnection;

import java.util.Map;

/** For what reads a table that lies in memory: a transaction that has a tenant and no connection, and begins now. */
public final class TxWithoutDatabase {
    private TxWithoutDatabase() {}

    public static Tx of(TenantId tenant) {
        long now = System.currentTimeMillis() * 1_000;
        return new Tx(tenant, new SqlConnection((io.vertx.sqlclient.SqlConnection) null), Map.of(), () -> now);
    }
}
