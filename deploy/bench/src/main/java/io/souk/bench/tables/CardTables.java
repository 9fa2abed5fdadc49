package io.souk.bench.tables;

import io.vertx.core.Future;

import java.util.UUID;

/** One way to read a card from the tables; made once, and used by all event loops. */
interface CardTables {
    /** Fails when there is no such product. */
    Future<TableCard> card(String tenant, UUID id);
}
