package io.souk.kit.protocol;

/** A record where it lies in its partition. Offsets grow; they need not be adjacent. */
public record Logged<C>(long offset, LogRecord<C> record) {}
