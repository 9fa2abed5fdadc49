package io.souk.kit.outbox;

/** The statements by which events wait and relays lead, for the test that holds them against the simulator's model. */
public final class OutboxSql {
    public static final String INSERT = Outbox.INSERT;
    public static final String NEXT = OutboxRepository.NEXT;
    public static final String DELETE = OutboxRepository.DELETE;
    public static final String TAKE = RelayLeases.TAKE;
    public static final String KEEP = RelayLeases.KEEP;
    public static final String GIVE_UP = RelayLeases.GIVE_UP;

    private OutboxSql() {}

    public static String lease(int shard) {
        return RelayLeases.name(shard);
    }
}
