package io.souk.kit.protocol;

/**
 * What a writer does for the caches (the protocol, section 2): best effort, the event path says the same a little later.
 *
 * @param generation the replica's copy of the service's generation, taken before the transaction begins, however old; one
 *     taken after the commit may be newer than what was committed
 */
public record WriteStep(Generation generation) {
    /**
     * What to {@code put} once the commit is certain; when its outcome is unknown nothing is put.
     *
     * @param occurredAtMicros {@code now()} of the transaction: it precedes the row's lock, so nothing before it is missing
     * @param foreign whether the view holds foreign state, for which the transaction proves nothing
     */
    public Put committed(long occurredAtMicros, boolean foreign) {
        return new Put(generation, asOf(occurredAtMicros, foreign));
    }

    /** The same for the entry that is made of the change's event. */
    public static AsOf asOf(long occurredAtMicros, boolean foreign) {
        return foreign ? new AsOf(occurredAtMicros, 0) : AsOf.own(occurredAtMicros);
    }

    /** {@code put} into this generation, with these moments in the entry. */
    public record Put(Generation generation, AsOf asOf) {}
}
