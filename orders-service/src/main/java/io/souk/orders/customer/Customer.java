package io.souk.orders.customer;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

import static io.souk.kit.problem.KitProblem.INVALID;
import static io.souk.kit.problem.KitProblem.NOT_FOUND;
import static io.souk.orders.OrdersProblem.ADDRESS_BOOK_FULL;

/**
 * A customer as it stands at one version. What changes nothing makes no version.
 *
 * @param subject of the customer's token; stays in this service
 * @param type null: none in particular
 * @param addresses in the order in which they were added
 */
record Customer(
        UUID id,
        long version,
        String subject,
        Profile profile,
        @Nullable String type,
        List<Address> addresses,
        Instant createdAt,
        Instant updatedAt) {
    static final int MAX_ADDRESSES = 20;

    /** What a customer says of itself; the defaults are two of its addresses. */
    record Profile(
            @Nullable String displayName,
            @Nullable String email,
            @Nullable UUID defaultShipping,
            @Nullable UUID defaultBilling) {
        /** What the e-mail is found by; null without one. */
        @Nullable
        String emailKey() {
            return email == null ? null : Email.key(email);
        }

        /** Without an address as a default. */
        private Profile without(UUID address) {
            return new Profile(
                    displayName,
                    email,
                    address.equals(defaultShipping) ? null : defaultShipping,
                    address.equals(defaultBilling) ? null : defaultBilling);
        }
    }

    public Customer {
        addresses = List.copyOf(addresses);
    }

    static Customer create(UUID id, String subject, Profile profile, Instant now) {
        return new Customer(id, 1, subject, profile, null, List.of(), now, now).checked();
    }

    /** The address that has the id, as it is at this version. */
    Optional<PostalAddress> address(UUID address) {
        return addresses.stream()
                .filter(kept -> kept.id().equals(address))
                .map(Address::postal)
                .findFirst();
    }

    /** 422 for a default that is none of its addresses. */
    Customer edit(Profile wanted, Instant now) {
        return next(wanted, type, addresses, now).checked();
    }

    Customer ofType(@Nullable String wanted, Instant now) {
        return next(profile, wanted, addresses, now);
    }

    /** With one address more; {@code ADDRESS_BOOK_FULL} when it has as many as anybody may have. */
    Customer add(Address address, Instant now) {
        if (addresses.size() == MAX_ADDRESSES) {
            throw ADDRESS_BOOK_FULL.because("A customer keeps at most " + MAX_ADDRESSES + " addresses");
        }
        return next(
                profile,
                type,
                Stream.concat(addresses.stream(), Stream.of(address)).toList(),
                now);
    }

    /** With another address under the same id. */
    Customer replace(Address address, Instant now) {
        return next(
                profile,
                type,
                addresses.stream()
                        .map(kept -> kept.id().equals(address.id()) ? address : kept)
                        .toList(),
                now);
    }

    /** Without the address, which is no default any more either; 404 when it has none such. */
    Customer remove(UUID address, Instant now) {
        require(address);
        return next(
                profile.without(address),
                type,
                addresses.stream().filter(kept -> !kept.id().equals(address)).toList(),
                now);
    }

    /** The address; 404 when it has none such. */
    Address require(UUID address) {
        return addresses.stream()
                .filter(kept -> kept.id().equals(address))
                .findFirst()
                .orElseThrow(() -> NOT_FOUND.because("The customer has no address " + address));
    }

    private Customer next(Profile profile, @Nullable String type, List<Address> addresses, Instant now) {
        boolean same =
                profile.equals(this.profile) && Objects.equals(type, this.type) && addresses.equals(this.addresses);
        return same ? this : new Customer(id, version + 1, subject, profile, type, addresses, createdAt, now);
    }

    private Customer checked() {
        var problem = INVALID.because("The customer breaks a rule");
        if (isUnknown(profile.defaultShipping())) {
            problem.at("/defaultShippingAddressId", "is none of the customer's addresses");
        }
        if (isUnknown(profile.defaultBilling())) {
            problem.at("/defaultBillingAddressId", "is none of the customer's addresses");
        }
        if (!problem.errors().isEmpty()) {
            throw problem;
        }
        return this;
    }

    private boolean isUnknown(@Nullable UUID address) {
        return address != null && address(address).isEmpty();
    }
}
