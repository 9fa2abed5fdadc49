package io.souk.kit.tenant;

import io.vertx.mutiny.sqlclient.SqlConnection;

/** For what reads a table that lies in memory: a transaction that has a tenant and no connection. */
public final class TxWithoutDatabase {
    private TxWithoutDatabase() {}

    public static Tx of(TenantId tenant) {
        return new Tx(tenant, new SqlConnection((io.vertx.sqlclient.SqlConnection) null));
    }
}
