package io.souk.kit.knowing;

import io.souk.catalog.foreign.ForeignThing;

final class KnowingKit {
    final ForeignThing known = new ForeignThing();
}
