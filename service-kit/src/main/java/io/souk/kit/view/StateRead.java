package io.souk.kit.view;

/**
 * What a read of the own tables gave of an aggregate.
 *
 * @param provenMicros the moment for which it is proven, as {@link View#provenMicros}
 */
public record StateRead<T>(StateAt<T> at, long provenMicros) {}
