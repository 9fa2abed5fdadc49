package io.souk.orders.cart;

import io.souk.kit.money.Money;
import io.souk.kit.problem.Problem;
import io.souk.kit.tenant.TenantId;
import io.souk.kit.token.Caller;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class CartTest {
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
    private static final UUID SHIRT = new UUID(1, 1);
    private static final UUID SHOE = new UUID(2, 2);

    private final Cart empty = Cart.open(UUID.randomUUID(), new CartOwner.Customer("ada"), "USD", NOW);
    private final Cart guests = Cart.open(UUID.randomUUID(), CartOwner.Guest.bearing("token"), "USD", NOW);

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void givenAnyAdditions_whenTheyComeInAnyOrder_thenTheCartIsTheSame(long seed) {
        var random = new Random(seed);
        for (int round = 0; round < 200; round++) {
            var additions = new ArrayList<CartLine>();
            for (int i = 0; i < 12; i++) {
                // a version says its price, so two tabs that saw the same version saw the same price
                long version = 1L + random.nextInt(3);
                additions.add(line(new UUID(random.nextInt(4), 0), 1 + random.nextInt(5), 100 * version, version));
            }
            var expected = all(additions).lines();

            Collections.shuffle(additions, random);

            assertThat(all(additions).lines()).as("seed %d", seed).isEqualTo(expected);
        }
    }

    @Test
    void givenACart_whenUnitsAreAddedAtANewerPrice_thenTheUnitsAddUpAndTheNewerPriceCounts() {
        var cart = empty.add(line(SHIRT, 2, 450, 7), NOW).add(line(SHIRT, 3, 500, 8), NOW);

        assertThat(cart.lines()).containsExactly(line(SHIRT, 5, 500, 8));
        assertThat(cart.total()).isEqualTo(new Money(2_500, "USD"));
        assertThat(cart.version()).isEqualTo(3);
    }

    @Test
    void givenALineOfTenThousand_whenOneMoreIsAdded_thenItIsRefusedAndAMergeCutsIt() {
        var cart = empty.add(line(SHIRT, 9_999, 1, 1), NOW).add(line(SHIRT, 1, 1, 1), NOW);

        assertThatThrownBy(() -> cart.add(line(SHIRT, 1, 1, 1), NOW))
                .isInstanceOfSatisfying(
                        Problem.class,
                        problem -> assertThat(problem.code().slug()).isEqualTo("cart-full"));
        assertThat(cart.merge(guests.add(line(SHIRT, 5, 1, 1), NOW), NOW).lines())
                .containsExactly(line(SHIRT, 10_000, 1, 1));
    }

    @Test
    void givenAHundredLines_whenAnotherIsAddedOrMerged_thenItIsRefused() {
        var full = all(IntStream.range(0, 100)
                .mapToObj(i -> line(new UUID(i, 9), 1, 1, 1))
                .toList());
        var more = guests.add(line(SHOE, 1, 1, 1), NOW);

        assertThatThrownBy(() -> full.add(line(SHOE, 1, 1, 1), NOW)).hasMessageContaining("at most 100 lines");
        assertThatThrownBy(() -> full.merge(more, NOW)).hasMessageContaining("at most 100 lines");
    }

    @Test
    void givenUnitsBeyondTheLargestAmount_whenTheyAreAdded_thenTheyAreRefused() {
        assertThatThrownBy(() -> empty.add(line(SHIRT, 2, Money.MAX_AMOUNT, 1), NOW))
                .isInstanceOfSatisfying(
                        Problem.class,
                        problem -> assertThat(problem.code().slug()).isEqualTo("cart-full"));
    }

    @Test
    void givenAGuestsCartInAnotherCurrency_whenItIsMerged_thenOnlyAnEmptyCartTakesIt() {
        var euros = Cart.open(UUID.randomUUID(), CartOwner.Guest.bearing("token"), "EUR", NOW)
                .add(new CartLine(SHOE, SHOE, "SHOE", 1, new Money(5, "EUR"), 1), NOW);
        var dollars = empty.add(line(SHIRT, 1, 1, 1), NOW);

        assertThat(empty.merge(euros, NOW).currency()).isEqualTo("EUR");
        assertThatThrownBy(() -> dollars.merge(euros, NOW)).hasMessageContaining("EUR");
    }

    @Test
    void givenACartThatIsCheckedOut_whenItIsChanged_thenTheRefusalNamesTheOrder() {
        var order = UUID.randomUUID();
        var locked = new Cart(
                empty.id(),
                2,
                empty.owner(),
                "USD",
                new CartState.CheckedOut(order),
                List.of(line(SHIRT, 1, 1, 1)),
                NOW);

        assertThatThrownBy(() -> locked.add(line(SHIRT, 1, 1, 1), NOW)).hasMessageContaining(order.toString());
        assertThatThrownBy(() -> locked.without(SHIRT, NOW)).hasMessageContaining(order.toString());
    }

    @Test
    void givenAGuestsCart_whenTokensAreTried_thenOnlyItsOwnOpensIt() {
        var caller = new Caller(new TenantId("shop"), "ada", Set.of("customer"), null);

        assertThat(new Bearer(caller, "token").owns(guests)).isTrue();
        assertThat(new Bearer(caller, "Token").owns(guests)).isFalse();
        assertThat(new Bearer(caller, "").owns(guests)).isFalse();
        assertThat(new Bearer(caller, null).owns(guests)).isFalse();
        assertThat(new Bearer(caller, null).owns(empty)).isTrue();
        var chance = new SecureRandom();
        assertThat(CartOwner.Guest.newToken(chance)).hasSize(43).isNotEqualTo(CartOwner.Guest.newToken(chance));
    }

    @ParameterizedTest
    @CsvSource({
        // roles, subject, sees Ada's, sees the guest's that it has the token of, sees another guest's
        "customer, ada, true, true, false",
        "customer, bob, false, true, false",
        "merchant, ada, false, true, false",
        "merchant readonly, ada, false, true, false",
        "merchant customer, ada, true, true, false",
        "merchant customer readonly, ada, true, true, false",
        "merchant customer readonly, mia, false, true, false",
        "merchant admin, mia, true, true, true",
        "merchant readonly admin, mia, true, true, true",
        "readonly, rose, true, true, true",
        "admin, root, true, true, true",
        "service, web, false, true, false",
    })
    void givenCarts_whenSomebodyLooks_thenTheyAreThereForTheirOwnersAndTheShopsStaffAlone(
            String roles, String subject, boolean adas, boolean borne, boolean anothers) {
        var caller = new Caller(new TenantId("shop"), subject, Set.of(roles.split(" ", -1)), "v-1");
        var bearer = new Bearer(caller, "token");
        var another = Cart.open(UUID.randomUUID(), CartOwner.Guest.bearing("another's"), "USD", NOW);

        assertThat(bearer.maySee(empty)).as("Ada's").isEqualTo(adas);
        assertThat(bearer.maySee(guests)).as("the guest's with its token").isEqualTo(borne);
        assertThat(bearer.maySee(another)).as("another guest's").isEqualTo(anothers);
    }

    private Cart all(List<CartLine> additions) {
        var cart = empty;
        for (var addition : additions) {
            cart = cart.add(addition, NOW);
        }
        return cart;
    }

    private static CartLine line(UUID variant, int quantity, long price, long version) {
        return new CartLine(variant, variant, "SKU-" + variant, quantity, new Money(price, "USD"), version);
    }
}
