package io.souk.inventory.reservation;

import io.souk.kit.consumer.PoisonEvent;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.EnumSet;
import java.util.stream.Stream;

import static io.souk.inventory.reservation.OrderWish.CONFIRM;
import static io.souk.inventory.reservation.OrderWish.DELIVER;
import static io.souk.inventory.reservation.OrderWish.HOLD;
import static io.souk.inventory.reservation.OrderWish.KEEP;
import static io.souk.inventory.reservation.OrderWish.RELEASE;
import static io.souk.inventory.reservation.OrderWish.SHIP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class TransitionTest {

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "-, CONFIRM, HOLD_AND_CONFIRM",
                "-, KEEP, HOLD_AND_CONFIRM",
                "-, SHIP, TAKE_AND_SHIP",
                "-, DELIVER, TAKE_AND_SHIP",
                "-, RELEASE, VOID",
                "OPEN, CONFIRM, CONFIRM",
                "OPEN, KEEP, CONFIRM",
                "OPEN, SHIP, SHIP",
                "OPEN, DELIVER, SHIP",
                "OPEN, RELEASE, GIVE_BACK",
                "CONFIRMED, CONFIRM, NOTHING",
                "CONFIRMED, KEEP, NOTHING",
                "CONFIRMED, SHIP, SHIP",
                "CONFIRMED, DELIVER, SHIP",
                "CONFIRMED, RELEASE, GIVE_BACK",
                "SHIPPED, CONFIRM, NOTHING",
                "SHIPPED, KEEP, NOTHING",
                "SHIPPED, SHIP, NOTHING",
                "SHIPPED, DELIVER, NOTHING",
                "SHIPPED, RELEASE, NOTHING",
                "EXPIRED, CONFIRM, NOTHING",
                "EXPIRED, KEEP, HOLD_AGAIN_AND_CONFIRM",
                "EXPIRED, SHIP, TAKE_AGAIN_AND_SHIP",
                "EXPIRED, DELIVER, TAKE_AGAIN_AND_SHIP",
                "EXPIRED, RELEASE, NOTHING",
                "RELEASED, CONFIRM, NOTHING",
                "RELEASED, KEEP, NOTHING",
                "RELEASED, SHIP, NOTHING",
                "RELEASED, DELIVER, NOTHING",
                "RELEASED, RELEASE, NOTHING",
                "REFUSED, CONFIRM, NOTHING",
                "REFUSED, KEEP, NOTHING",
                "REFUSED, SHIP, NOTHING",
                "REFUSED, DELIVER, NOTHING",
                "REFUSED, RELEASE, NOTHING"
            })
    void eachStateAnswersEachWish(@Nullable ReservationStatus present, OrderWish wish, Transition expected) {
        assertThat(Transition.of(present, wish)).isEqualTo(expected);
    }

    @Test
    void onceGivenBackOrShipped_nothingIsEverMovedAgain() {
        var ended = EnumSet.of(ReservationStatus.SHIPPED, ReservationStatus.RELEASED, ReservationStatus.REFUSED);

        for (var status : ended) {
            assertThat(Stream.of(CONFIRM, KEEP, SHIP, DELIVER, RELEASE).map(wish -> Transition.of(status, wish)))
                    .containsOnly(Transition.NOTHING);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "PLACED, HOLD",
        "RESERVED, HOLD",
        "AUTHORISED, CONFIRM",
        "CONFIRMED, KEEP",
        "FULFILLED, SHIP",
        "DELIVERED, DELIVER",
        "REJECTED, RELEASE",
        "DECLINED, RELEASE",
        "EXPIRED, RELEASE",
        "CANCELLED, RELEASE"
    })
    void eachOrderStatusHasAWish(String status, OrderWish wish) {
        assertThat(OrderWish.of(status)).isEqualTo(wish);
        assertThat(OrderWish.values()).containsExactly(HOLD, CONFIRM, KEEP, SHIP, DELIVER, RELEASE);
    }

    @Test
    void aStatusThatIsNotKnownIsPoison() {
        assertThatThrownBy(() -> OrderWish.of("GIFT_WRAPPED")).isInstanceOf(PoisonEvent.class);
    }
}
