package io.souk.chaos.workload;

import java.net.URI;
import java.util.List;
import java.util.Random;

/** Where requests go: the gateway or one replica. */
record Door(String name, URI url) {
    static Door any(List<Door> doors, Random random) {
        return doors.get(random.nextInt(doors.size()));
    }
}
