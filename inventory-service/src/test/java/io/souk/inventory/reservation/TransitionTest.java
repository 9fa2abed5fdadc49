package io.souk.inventory.reservation;

import io.souk.kit.consumer.PoisonEvent;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.EnumSet;
import java.util.stream.Stream;

import static io.souk.inventory.reservation.OrderWish.CONFIRM;
import static io.souk.inventory.reservation.OrderWish.HOLD;
import static io.souk.inventory.reservation.OrderWish.KEEP;
import static io.souk.inventory.reservation.OrderWish.RELEASE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class TransitionTest {

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "-, CONFIRM, HOLD_AND_CONFIRM",
                "-, KEEP, HOLD_AND_CONFIRM",
                "-, RELEASE, VOID",
                "OPEN, CONFIRM, CONFIRM",
                "OPEN, KEEP, CONFIRM",
                "OPEN, RELEASE, GIVE_BACK",
                "CONFIRMED, CONFIRM, NOTHING",
                "CONFIRMED, KEEP, NOTHING",
                "CONFIRMED, RELEASE, GIVE_BACK",
                "EXPIRED, CONFIRM, NOTHING",
                "EXPIRED, KEEP, HOLD_AGAIN_AND_CONFIRM",
                "EXPIRED, RELEASE, NOTHING",
                "RELEASED, CONFIRM, NOTHING",
                "RELEASED, KEEP, NOTHING",
                "RELEASED, RELEASE, NOTHING",
                "REFUSED, CONFIRM, NOTHING",
                "REFUSED, KEEP, NOTHING",
                "REFUSED, RELEASE, NOTHING"
            })
    void eachStateAnswersEachWish(@Nullable ReservationStatus present, OrderWish wish, Transition expected) {
        assertThat(Transition.of(present, wish)).isEqualTo(expected);
    }

    @Test
    void onceGivenBack_nothingIsEverHeldOrGivenBackAgain() {
        var ended = EnumSet.of(ReservationStatus.RELEASED, ReservationStatus.REFUSED);

        for (var status : ended) {
            assertThat(Stream.of(CONFIRM, KEEP, RELEASE).map(wish -> Transition.of(status, wish)))
                    .containsOnly(Transition.NOTHING);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "PLACED, HOLD",
        "RESERVED, HOLD",
        "AUTHORISED, CONFIRM",
        "CONFIRMED, KEEP",
        "REJECTED, RELEASE",
        "DECLINED, RELEASE",
        "EXPIRED, RELEASE",
        "CANCELLED, RELEASE"
    })
    void eachOrderStatusHasAWish(String status, OrderWish wish) {
        assertThat(OrderWish.of(status)).isEqualTo(wish);
        assertThat(OrderWish.values()).containsExactly(HOLD, CONFIRM, KEEP, RELEASE);
    }

    @Test
    void aStatusThatIsNotKnownIsPoison() {
        assertThatThrownBy(() -> OrderWish.of("GIFT_WRAPPED")).isInstanceOf(PoisonEvent.class);
    }
}
