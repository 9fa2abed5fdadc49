package io.souk.catalog.foreign;

/** Stands for another service's class. */
public final class ForeignThing {}
