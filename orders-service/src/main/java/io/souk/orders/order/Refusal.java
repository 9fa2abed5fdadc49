package io.souk.orders.order;

/**
 * A line that inventory could not serve.
 *
 * @param line its place in the order, from 0
 * @param available units that were free when it was refused
 */
public record Refusal(int line, String sku, long requested, long available) {}
