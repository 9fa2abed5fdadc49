package io.souk.chaos.fault;

/** A level of stock of which a record was told under another tenant's header; in doubt until its next change. */
public record DoubtedLevel(String tenant, String sku) {}
