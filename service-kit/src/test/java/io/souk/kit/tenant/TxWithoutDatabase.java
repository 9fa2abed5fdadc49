package io.souk.kit.tenant;

import io.vertx.mutiny.sqlclient.SqlConnection;

import java.util.Map;

/** For what reads a table that lies in memory: a transaction that has a tenant and no connection, and begins now. */
public final class TxWithoutDatabase {
    private TxWithoutDatabase() {}

    public static Tx of(TenantId tenant) {
        var tx = new Tx(tenant, new SqlConnection((io.vertx.sqlclient.SqlConnection) null), Map.of(), () -> 0);
        tx.began(System.currentTimeMillis() * 1_000);
        return tx;
    }
}
