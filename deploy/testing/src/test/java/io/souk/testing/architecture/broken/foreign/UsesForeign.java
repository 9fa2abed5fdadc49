package io.souk.testing.architecture.broken.foreign;

import io.souk.catalog.foreign.ForeignThing;

final class UsesForeign {
    final ForeignThing taken = new ForeignThing();
}
