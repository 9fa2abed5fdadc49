package io.souk.testing.architecture.broken.sql;

import io.vertx.pgclient.PgException;

final class CatchesRaces {
    boolean isRace(PgException failure) {
        return "40001".equals(failure.getSqlState());
    }
}
