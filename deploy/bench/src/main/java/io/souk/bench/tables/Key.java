package io.souk.bench.tables;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;

import java.io.Serializable;
import java.util.UUID;

/** A row's key within its tenant. */
@Embeddable
record Key(
        @Column(name = "tenant") String tenant,
        @Column(name = "id") UUID id) implements Serializable {}
