/**
 * Customers: the people who buy of a shop, each found by the subject of their token.
 *
 * <p>Table: {@code customer}. Topic out: {@code souk.orders.customer}, which tells that there is a customer and of which type, and
 * nothing by which anybody could be known.
 *
 * <p>Promise: a customer sees and changes itself alone; its type is the shop's to say. Once erased, no table of this service
 * says who it was: every feature that keeps something of a person is a {@link io.souk.orders.customer.PersonalRecords}.
 */
@NullMarked
package io.souk.orders.customer;

import org.jspecify.annotations.NullMarked;
