package io.souk.orders.customer;

import java.util.regex.Pattern;

/** What kinds of customers a shop tells apart: retail, wholesale. The codes are the shop's own. */
final class CustomerType {
    static final int MAX_LENGTH = 32;

    private static final Pattern CODE = Pattern.compile("[a-z0-9][a-z0-9-]{0,31}");

    private CustomerType() {}

    static boolean isCode(String text) {
        return CODE.matcher(text).matches();
    }
}
