package io.souk.search.document;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.quarkus.runtime.annotations.RegisterForReflection;

/** What search reads of {@code souk.catalog.availability}: units that can be bought, all variants together. */
@RegisterForReflection
@JsonIgnoreProperties(ignoreUnknown = true)
record AvailabilityState(long available) {}
