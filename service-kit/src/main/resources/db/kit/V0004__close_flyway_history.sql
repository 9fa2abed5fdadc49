-- Flyway makes its history before the first migration, so that default privileges gave its rows to the roles that serve: who
-- writes there decides what is migrated.
revoke all on ${flyway:table} from ${service}_app, ${service}_worker;
