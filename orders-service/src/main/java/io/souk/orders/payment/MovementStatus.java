package io.souk.orders.payment;

/** PENDING until the provider has answered, however often it has to be asked. */
enum MovementStatus {
    PENDING,
    SUCCEEDED,
    REFUSED
}
