package io.souk.catalog;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.souk.testing.SoukServers;

/** A test against the running service with its real servers. */
@WithTestResource(value = SoukServers.class, scope = TestResourceScope.GLOBAL)
public abstract class CatalogServiceTest {
    protected final Catalog shop = Catalog.fresh();
}
