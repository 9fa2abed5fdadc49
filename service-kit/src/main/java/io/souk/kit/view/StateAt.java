package io.souk.kit.view;

import io.souk.kit.event.Order;
import org.jspecify.annotations.Nullable;

/**
 * What the own tables say of an aggregate.
 *
 * @param state null when the aggregate is deleted
 */
public record StateAt<T>(Order order, @Nullable T state) {}
