package io.souk.kit.outbox;

import io.souk.kit.tenant.Transactions;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;

import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * Which replica leads which shard: the lease rows {@code relay-<shard>}, and the replicas that share them. Every call is one
 * transaction, blocks, and fails when the database is away.
 */
final class RelayLeases {
    private static final String NAME = "relay-";

    /** This replica is there; how many others are. $1 replica, $2 milliseconds. */
    private static final String ATTEND = """
            with attending as (
                insert into relay_replica as replica (id, expires_at)
                values ($1, now() + $2 * interval '1 millisecond')
                on conflict (id) do update set expires_at = excluded.expires_at),
            gone as (
                delete from relay_replica where expires_at < now() - interval '1 minute' and id <> $1)
            select count(*)
              from relay_replica
             where id <> $1
               and expires_at >= now()
            """;

    private static final String LEAVE = "delete from relay_replica where id = $1";

    /**
     * Of these shards up to so many that nobody leads, or that this replica itself has taken before; and those that others have
     * left alone for the time of another lease. Chosen at random, so that two replicas that start together seldom want the
     * same; written by name, so that they do not wait for each other in a circle. $1 names, $2 how many, $3 term,
     * $4 replica, $5 milliseconds.
     */
    static final String TAKE = """
            with free as (
                select wanted.name, lease.expires_at,
                       row_number() over (order by lease.replica = $4 desc nulls last, random()) as place
                  from unnest($1::text[]) as wanted (name)
                  left join relay_lease as lease using (name)
                 where lease.name is null
                    or lease.expires_at <= now()
                    or lease.replica = $4)
            insert into relay_lease as lease (name, holder, replica, expires_at)
            select name, $3, $4, now() + $5 * interval '1 millisecond'
              from free
             where place <= $2
                or expires_at < now() - $5 * interval '1 millisecond'
             order by name
            on conflict (name) do update
               set holder     = excluded.holder,
                   replica    = excluded.replica,
                   expires_at = excluded.expires_at
             where lease.expires_at <= now()
                or lease.replica = excluded.replica
            returning name
            """;

    /** $1 names, $2 terms, $3 milliseconds. */
    static final String KEEP = """
            update relay_lease as lease
               set expires_at = now() + $3 * interval '1 millisecond'
              from unnest($1::text[], $2::uuid[]) as mine (name, term)
             where lease.name = mine.name
               and lease.holder = mine.term
            returning lease.name
            """;

    /** $1 names, $2 terms. */
    static final String GIVE_UP = """
            update relay_lease as lease
               set expires_at = now()
              from unnest($1::text[], $2::uuid[]) as mine (name, term)
             where lease.name = mine.name
               and lease.holder = mine.term
            """;

    private final Transactions transactions;
    private final UUID replica;
    private final Duration lease;

    /** @param replica of this process alone, and not used by one before it */
    RelayLeases(Transactions transactions, UUID replica, Duration lease) {
        this.transactions = transactions;
        this.replica = replica;
        this.lease = lease;
    }

    static String name(int shard) {
        return NAME + shard;
    }

    /** Says for the time of a lease that this replica is there; how many are, itself included. */
    int attend() {
        return 1
                + run(ATTEND, Tuple.of(replica, lease.toMillis()))
                        .iterator()
                        .next()
                        .getInteger(0);
    }

    void leave() {
        run(LEAVE, Tuple.of(replica));
    }

    /** Takes up to so many of the shards under the term, and those that nobody else wants: those that it took. */
    Set<Integer> take(Collection<Integer> shards, int most, UUID term) {
        return shards(run(TAKE, Tuple.of(names(shards), most, term, replica, lease.toMillis())));
    }

    /** Lets the leases last longer that still have their term, by shard: those that do. */
    Set<Integer> keep(Map<Integer, UUID> terms) {
        return shards(run(KEEP, mine(terms).addLong(lease.toMillis())));
    }

    /** Lets other replicas take the leases that still have their term, by shard. */
    void giveUp(Map<Integer, UUID> terms) {
        run(GIVE_UP, mine(terms));
    }

    private RowSet<Row> run(String sql, Tuple values) {
        return Blocking.await(
                transactions.asWorker(worker -> worker.preparedQuery(sql).execute(values)));
    }

    private static Tuple mine(Map<Integer, UUID> terms) {
        var shards = List.copyOf(terms.keySet());
        return Tuple.of(names(shards), shards.stream().map(terms::get).toArray(UUID[]::new));
    }

    private static String[] names(Collection<Integer> shards) {
        return shards.stream().map(RelayLeases::name).toArray(String[]::new);
    }

    private static Set<Integer> shards(RowSet<Row> rows) {
        var shards = new HashSet<Integer>();
        for (var row : rows) {
            shards.add(Integer.valueOf(row.getString(0).substring(NAME.length())));
        }
        return shards;
    }
}
