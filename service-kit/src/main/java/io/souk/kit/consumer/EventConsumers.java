package io.souk.kit.consumer;

import java.util.List;

/**
 * Makes consumers that cannot each be a bean, because what they read is known only at the start. The kit runs them as it
 * runs the beans.
 */
public interface EventConsumers {
    List<EventConsumer<?>> consumers();
}
