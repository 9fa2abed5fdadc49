package io.souk.bench.tables;

import io.vertx.core.Vertx;

/** What the tables are read with. */
public enum Access {
    /** The Vert.x client: one statement, one round trip. */
    CLIENT {
        @Override
        CardTables open(Vertx vertx, Database database) {
            return new ClientTables(vertx, database);
        }
    },

    /** Hibernate Reactive: entities, found by their keys. */
    HIBERNATE {
        @Override
        CardTables open(Vertx vertx, Database database) {
            return new HibernateTables(vertx, database);
        }
    };

    /** As many connections as a service has for its requests. */
    static final int CONNECTIONS = 14;

    abstract CardTables open(Vertx vertx, Database database);
}
