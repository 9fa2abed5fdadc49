package io.souk.inventory.reservation;

import io.souk.kit.problem.Problem;
import io.souk.kit.tenant.TenantId;
import io.souk.kit.token.Caller;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class OwnersTest {
    @ParameterizedTest
    @CsvSource({
        "customer, true, true",
        "customer admin, false, false",
        "customer service, false, false",
        "customer readonly, false, true",
        "merchant admin, false, false",
        "service, false, false",
        "readonly, false, true"
    })
    void onlyWhoWorksForTheTenantChangesWhatOthersHold_andWhoReadsAllSeesIt(
            String roles, boolean seesOnlyOwn, boolean changesOnlyOwn) {
        var caller = Owners.admitted(caller(roles));

        assertThat(Owners.seesOnlyOwn(caller)).isEqualTo(seesOnlyOwn);
        assertThat(Owners.changesOnlyOwn(caller)).isEqualTo(changesOnlyOwn);
    }

    @ParameterizedTest
    @ValueSource(strings = {"merchant", "merchant customer", "merchant readonly", "merchant customer readonly"})
    void aMerchantHasNothingToDoHere(String roles) {
        assertThatThrownBy(() -> Owners.admitted(caller(roles)))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.status()).isEqualTo(403));
    }

    @Test
    void aCustomerReservesForNobodyElse_whateverItMayRead() {
        assertThat(Owners.of(caller("customer readonly"), null)).isEqualTo("mia");
        assertThat(Owners.of(caller("customer readonly"), "mia")).isEqualTo("mia");
        assertThat(Owners.of(caller("service"), "somebody")).isEqualTo("somebody");
        assertThatThrownBy(() -> Owners.of(caller("customer readonly"), "somebody"))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.status()).isEqualTo(403));
    }

    private static Caller caller(String roles) {
        return new Caller(new TenantId("market"), "mia", Set.of(roles.split(" ", -1)), "a");
    }
}
