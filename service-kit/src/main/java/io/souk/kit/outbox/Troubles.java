package io.souk.kit.outbox;

import io.souk.kit.event.EventHealth;

import java.util.HashSet;
import java.util.Set;

/** Tells of the relay as one part: it works when none of its lanes has troubles. */
final class Troubles {
    private static final String PART = "relay";

    private final EventHealth health;
    private final Set<Integer> troubled = new HashSet<>();

    Troubles(EventHealth health) {
        this.health = health;
    }

    synchronized void troubled(int shard, Throwable failure) {
        troubled.add(shard);
        health.troubled(PART, failure);
    }

    synchronized void well(int shard) {
        if (troubled.remove(shard) && troubled.isEmpty()) {
            health.well(PART);
        }
    }
}
