package io.souk.testing.architecture.broken.sql;

import io.vertx.mutiny.sqlclient.Row;

final class ListPrices {
    long amount(Row row) {
        return row.getLong("amount");
    }
}
