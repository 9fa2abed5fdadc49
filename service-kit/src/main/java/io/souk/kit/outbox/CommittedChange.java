package io.souk.kit.outbox;

import io.souk.kit.event.Change;
import io.souk.kit.event.Order;

import java.util.UUID;

/**
 * A change whose transaction has committed, with its place in the history and its state as the event's JSON.
 *
 * @param event the id of the event that tells it
 */
@SuppressWarnings(
        "ArrayRecordComponent") // compared by nobody; copying every event's bytes would cost more than it guards
public record CommittedChange(UUID event, Change change, Order order, byte[] json) {}
