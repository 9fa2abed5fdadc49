package io.souk.orders.customer;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import org.jspecify.annotations.Nullable;

import java.util.UUID;

/**
 * An address that a customer keeps; in this form it lies in the table.
 *
 * @param label what the customer calls it
 */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_NULL)
record Address(UUID id, @Nullable String label, PostalAddress postal) {}
