package io.souk.orders;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.souk.testing.FenceContract;
import io.souk.testing.SoukServers;

@QuarkusTest
@WithTestResource(value = SoukServers.class, scope = TestResourceScope.GLOBAL)
@WithTestResource(value = CatalogueServer.class, scope = TestResourceScope.GLOBAL)
@WithTestResource(value = InventoryServer.class, scope = TestResourceScope.GLOBAL)
class FenceTest extends FenceContract {
    FenceTest() {
        super("orders");
    }
}
