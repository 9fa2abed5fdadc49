package io.souk.orders;

import io.souk.kit.problem.ProblemCode;

/** What this service refuses, beside what every service does. Slugs are public: added, never renamed. See docs/errors.md. */
public enum OrdersProblem implements ProblemCode {
    ORDER_ENDED(409, "order-ended", "The order has ended"),
    ORDER_FULFILLED(409, "order-fulfilled", "The order's goods have left"),
    NOT_FULFILLABLE(409, "not-fulfillable", "Only a confirmed order is fulfilled"),
    NOT_FULFILLED(409, "not-fulfilled", "The order's goods have not left"),
    NOT_DELIVERABLE(409, "not-deliverable", "Only a fulfilled order is delivered"),
    PAYMENT_CAPTURED(409, "payment-captured", "Money was taken for the order already"),
    RESERVATION_CLOSED(409, "reservation-closed", "The reservation is not open any more"),
    ADDRESS_BOOK_FULL(409, "address-book-full", "More addresses than a customer keeps"),
    ADDRESS_CHANGED(409, "address-changed", "The address was changed at this moment"),
    CART_EMPTY(409, "cart-empty", "There is nothing in the cart"),
    CART_FULL(409, "cart-full", "More than a cart holds"),
    CART_CURRENCY_CHANGED(409, "cart-currency-changed", "The cart took another currency at this moment"),
    CART_CHECKED_OUT(409, "cart-checked-out", "The cart is checked out"),
    CART_MERGED(409, "cart-merged", "The cart was merged into another one"),
    WISHLIST_FULL(409, "wishlist-full", "More than there is room for"),
    WISHLIST_NAME_TAKEN(409, "wishlist-name-taken", "Another wishlist has the name"),
    PRICE_CHANGED(409, "price-changed", "Prices are not those that were shown"),
    NOT_CAPTURABLE(409, "not-capturable", "Only the payment of a confirmed order is captured"),
    AMOUNT_EXCEEDED(409, "amount-exceeded", "More than is left of the payment");

    private final int status;
    private final String slug;
    private final String title;

    OrdersProblem(int status, String slug, String title) {
        this.status = status;
        this.slug = slug;
        this.title = title;
    }

    @Override
    public int status() {
        return status;
    }

    @Override
    public String slug() {
        return slug;
    }

    @Override
    public String title() {
        return title;
    }
}
