package io.souk.chaos.workload;

import java.net.URI;

/** Where requests go: the gateway or one replica. */
record Door(String name, URI url) {}
