package io.souk.chaos.workload;

import io.souk.chaos.fleet.Fleet;

import java.util.List;
import java.util.stream.Stream;

/** Where each service is to be had: through the gateway, and at its replicas. */
record Doors(List<Door> catalogue, List<Door> inventory, List<Door> orders) {
    static Doors of(Fleet fleet) {
        return new Doors(
                doors(fleet, "catalog-1", "catalog-2"),
                doors(fleet, "inventory-1", "inventory-2"),
                doors(fleet, "orders-1", "orders-2"));
    }

    private static List<Door> doors(Fleet fleet, String... replicas) {
        return Stream.concat(Stream.of(Fleet.GATEWAY), Stream.of(replicas))
                .map(name -> new Door(name, fleet.url(name)))
                .toList();
    }

    /** The gateway's. */
    Door gateway() {
        return catalogue.getFirst();
    }
}
