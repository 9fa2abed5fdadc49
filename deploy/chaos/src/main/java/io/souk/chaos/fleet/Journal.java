package io.souk.chaos.fleet;

import io.souk.chaos.evidence.Fact;
import io.souk.chaos.evidence.Order;
import io.souk.chaos.evidence.Thing;
import io.souk.stack.Bootstrap;

import java.util.List;

/**
 * What the services have committed, taken down by the database itself: a trigger copies each outbox row in its own transaction, so
 * that it is there exactly when that commits; and the server remembers when that was.
 */
public final class Journal {
    private static final String CREATE = """
            create schema if not exists chaos;
            create table if not exists chaos.commit_journal (
                service   text        not null,
                aggregate text        not null,
                tenant    text        not null,
                id        uuid        not null,
                epoch     int         not null,
                version   bigint      not null,
                event     uuid        not null,
                type      text        not null,
                began     timestamptz not null,
                xid       xid8        not null default pg_current_xact_id()
            );
            create or replace function chaos.take_down() returns trigger language plpgsql security definer as $$
            begin
                insert into chaos.commit_journal (service, aggregate, tenant, id, epoch, version, event, type, began)
                values (tg_table_schema, new.aggregatetype, new.tenant, new.aggregateid, new.epoch, new.version,
                        new.id, new.type, now());
                return null;
            end $$;
            """;

    private static final String READ = """
            select service || '.' || aggregate, tenant, id, epoch, version, event, type like '%.deleted.%',
                   (extract(epoch from began) * 1000000)::bigint,
                   (extract(epoch from pg_xact_commit_timestamp(xid::xid)) * 1000000)::bigint
              from chaos.commit_journal
             order by began
            """;

    private Journal() {}

    /** Has the server remember commits; takes effect with its next start. */
    static void keepCommitMoments(Database database) {
        database.execute("alter system set track_commit_timestamp = on");
    }

    /** From now on, for the services whose tables are there. */
    public static void begin(Database database) {
        database.execute(CREATE);
        Bootstrap.services().forEach(service -> database.execute("""
                create or replace trigger chaos_journal after insert on %s.outbox
                    for each row execute function chaos.take_down()
                """.formatted(service)));
    }

    public static List<Fact.Commit> read(Database database) {
        return database.query(
                READ,
                row -> new Fact.Commit(
                        new Thing(row.getString(1), row.getString(2), row.getString(3)),
                        new Order(row.getInt(4), row.getLong(5)),
                        row.getString(6),
                        !row.getBoolean(7),
                        row.getLong(8),
                        row.getLong(9)));
    }
}
