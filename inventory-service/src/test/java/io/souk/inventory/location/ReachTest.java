package io.souk.inventory.location;

import io.souk.kit.problem.Problem;
import io.souk.kit.tenant.TenantId;
import io.souk.kit.token.Caller;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Instant;
import java.util.Set;
import java.util.UUID;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ReachTest {
    private static final TenantId TENANT = new TenantId("market");

    @ParameterizedTest
    @CsvSource({
        "merchant, a",
        "merchant readonly, a",
        "merchant customer, a",
        "merchant admin, ",
        "merchant service, ",
        "admin, ",
        "service, ",
        "readonly, "
    })
    void whoIsAMerchantReachesItsVendorAlone_unlessItWorksForTheTenantToo(String roles, @Nullable String vendor) {
        var reach = Reach.of(caller("a", roles.split(" ", -1)));

        assertThat(reach.vendor()).isEqualTo(vendor);
        assertThat(reach.covers(location("a"))).isTrue();
        assertThat(reach.covers(location("b"))).isEqualTo(vendor == null);
        assertThat(reach.covers(location(null))).isEqualTo(vendor == null);
    }

    @Test
    void aVendorThatHasNoForm_orNone_isRefused() {
        for (var vendor : new String[] {null, "", "A", "-a", "a b", "a/b", "a".repeat(64)}) {
            assertThatThrownBy(() -> Reach.of(caller(vendor, "merchant")))
                    .isInstanceOfSatisfying(
                            Problem.class,
                            problem -> assertThat(problem.getMessage()).contains("vendor"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "0", "acme", "a-", "01a1fef4-d008-7aaa-8001-000000000001"})
    void aVendorThatHasTheFormIsTaken(String vendor) {
        assertThat(Reach.of(caller(vendor, "merchant")).vendor()).isEqualTo(vendor);
    }

    @Test
    void whatTwoVendorsSendUnderOneKeyIsNotTheSame() {
        assertThat(Reach.of(caller("a", "merchant")).operation("stock.receive")).isEqualTo("stock.receive/a");
        assertThat(Reach.of(caller("a", "admin")).operation("stock.receive")).isEqualTo("stock.receive");
    }

    private static Caller caller(@Nullable String vendor, String... roles) {
        return new Caller(TENANT, "mia", Set.of(roles), vendor);
    }

    private static Location location(@Nullable String vendor) {
        return new Location(UUID.randomUUID(), "x", "x", 0, vendor, LocationStatus.OPEN, 1, Instant.EPOCH);
    }
}
