package io.souk.inventory.reservation;

import io.souk.kit.tenant.TenantId;
import io.souk.kit.token.Caller;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;

class OwnersTest {
    @ParameterizedTest
    @CsvSource({
        "customer, true",
        "merchant, true",
        "customer merchant, true",
        "customer admin, false",
        "service, false",
        "readonly, false"
    })
    void onlyWhoWorksForTheTenantTouchesWhatOthersHold(String roles, boolean onlyOwn) {
        var caller = new Caller(new TenantId("market"), "mia", Set.of(roles.split(" ", -1)), "a");

        assertThat(Owners.hasOnlyOwn(caller)).isEqualTo(onlyOwn);
    }
}
