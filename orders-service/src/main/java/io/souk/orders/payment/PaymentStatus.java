package io.souk.orders.payment;

/** WAITING for the stock; AUTHORISING and VOIDING while the provider has not answered; the others are answers. */
enum PaymentStatus {
    WAITING,
    AUTHORISING,
    AUTHORISED,
    DECLINED,
    VOIDING,
    VOIDED
}
