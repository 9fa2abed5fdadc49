package io.souk.orders;

import io.souk.testing.Database;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Row-level security keeps conditions that are not leakproof out of indexes: no path that people wait for has one. */
@OrdersTest
class PlanTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            orders.customer.CustomerRepository | FIND               | customer      | id
            orders.customer.CustomerRepository | FIND_OF_SUBJECT    | customer      | subject
            orders.customer.CustomerRepository | IDS_OF_SUBJECTS    | customer      | subject
            orders.customer.CustomerRepository | LOCK               | customer      | id
            orders.customer.CustomerRepository | LOCK_OF_SUBJECT    | customer      | subject
            orders.customer.CustomerRepository | HOLD_OF_SUBJECT    | customer      | subject
            orders.customer.CustomerRepository | LOCK_ALL           | customer      | id
            orders.customer.CustomerRepository | LIST               | customer      | id
            orders.customer.CustomerRepository | LIST_OF_EMAIL      | customer      | email_key id
            orders.customer.CustomerRepository | UPDATE             | customer      | id
            orders.customer.CustomerRepository | ERASE              | customer      | id
            orders.order.OrderRepository       | LIST               | orders        | id
            orders.order.OrderRepository       | LIST               | order_line    | order_id
            orders.order.OrderRepository       | LIST_IN_STATUSES   | orders        | status id
            orders.order.OrderRepository       | LIST_IN_STATUSES   | order_line    | order_id
            orders.order.OrderRepository       | LIST_OF_CUSTOMER   | orders        | customer id
            orders.order.OrderRepository       | LIST_OF_CUSTOMER   | order_line    | order_id
            orders.order.OrderRepository       | LOCK_OF_CUSTOMER   | orders        | customer
            orders.order.OrderRepository       | FORGET             | orders        | id
            orders.reference.ReferenceRepository | NEXT             | orders        | id
            orders.reference.ReferenceRepository | NEXT             | order_line    | order_id
            orders.reference.ReferenceRepository | STANDING         | orders        | id
            orders.cart.CartRepository         | FIND_OF_CUSTOMER   | cart          | customer
            orders.cart.CartRepository         | REMOVE_OF_CUSTOMER | cart          | customer
            orders.wishlist.WishlistRepository | COUNT              | wishlist      | customer
            orders.wishlist.WishlistRepository | FIND               | wishlist      | id
            orders.wishlist.WishlistRepository | LOCK               | wishlist      | id
            orders.wishlist.WishlistRepository | LIST               | wishlist      | customer id
            orders.wishlist.WishlistRepository | IS_TAKEN           | wishlist      | customer name
            orders.wishlist.WishlistRepository | UPDATE             | wishlist      | id
            orders.wishlist.WishlistRepository | REMOVE             | wishlist      | id
            orders.wishlist.WishlistRepository | REMOVE_OF_CUSTOMER | wishlist      | customer
            orders.wishlist.WishlistRepository | TAKE_OUT           | wishlist_item | wishlist_id variant_id
            orders.wishlist.WishlistRepository | FIND_ITEM          | wishlist_item | wishlist_id variant_id
            orders.wishlist.WishlistRepository | LIST_ITEMS         | wishlist_item | wishlist_id place
            """)
    void anIndexIsSearchedByTheWholeKey(String repository, String statement, String table, String columns) {
        try (var app = Database.of("orders", "app").as("a-tenant")) {
            var plan = app.plan("io.souk." + repository, statement);

            assertThat(plan.faults(table, columns.split(" ", -1))).isEmpty();
        }
    }
}
