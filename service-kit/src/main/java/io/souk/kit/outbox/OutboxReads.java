package io.souk.kit.outbox;

/** What statements that read the outbox have in common. */
public final class OutboxReads {
    /**
     * Sent before each statement, without waiting for it. A queue is empty most of the time, and so say the planner's statistics:
     * for a few rows it would rather gather them all and sort them, and then does so with a long queue too.
     */
    public static final String BY_INDEX = "set local enable_bitmapscan = off";

    /**
     * Each tenant's first row of each shard, for a {@code with recursive}: from one to the next by one look into the only index
     * that there is, so a long queue costs no more than a short one. The oldest row of a shard is one of them.
     */
    public static final String HEADS = """
            head (shard, tenant, occurred_at) as (
                (select shard, tenant, occurred_at from outbox order by shard, tenant, seq limit 1)
                union all
                select behind.shard, behind.tenant, behind.occurred_at
                  from head
                 cross join lateral
                       (select shard, tenant, occurred_at from outbox
                         where (shard, tenant) > (head.shard, head.tenant)
                         order by shard, tenant, seq
                         limit 1) as behind)
            """;

    private OutboxReads() {}
}
