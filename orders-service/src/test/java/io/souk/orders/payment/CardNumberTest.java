package io.souk.orders.payment;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class CardNumberTest {
    /** Numbers that card schemes and payment services publish for tests. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "4111111111111111",
                "4242 4242 4242 4242",
                "3782-822463-10005",
                "4242.4242.4242.4242",
                "4242/4242/4242/4242",
                "\t4242_4242\u00a04242\u20134242\u200b",
                "6011000990139424",
                "30569309025904",
                "6304000000000000000",
                "501800000009"
            })
    void givenACardNumber_thenItIsTold(String number) {
        assertThat(CardNumber.looksLike(number)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "4111111111111112",
                "tok_ok",
                "tok_4111111111111111",
                "4242.4242.4242.4242a",
                "41111111110",
                "41111111111111111111",
                "pm_1NVChw2eZvKYlo2CHxiM5E2E",
                "",
                " - "
            })
    void givenWhatIsNone_thenItIsNot(String token) {
        assertThat(CardNumber.looksLike(token)).isFalse();
    }
}
