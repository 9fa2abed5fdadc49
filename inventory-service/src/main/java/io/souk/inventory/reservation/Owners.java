package io.souk.inventory.reservation;

import io.souk.kit.token.Caller;
import io.souk.kit.token.Roles;
import org.jspecify.annotations.Nullable;

import java.util.Set;

import static io.souk.kit.problem.KitProblem.FORBIDDEN;

/** Whose reservations a caller may touch: a customer its own, anybody who works for the tenant all of them. */
final class Owners {
    private static final Set<String> SEE_ALL = Set.of(Roles.ADMIN, Roles.SERVICE, Roles.READONLY);

    private Owners() {}

    static boolean hasOnlyOwn(Caller caller) {
        return SEE_ALL.stream().noneMatch(caller::has);
    }

    static boolean mayTouch(Caller caller, Reservation reservation) {
        return !hasOnlyOwn(caller) || caller.subject().equals(reservation.owner());
    }

    /** For whom a reservation is made: whom the request names, else the caller; 403 for a customer who names another one. */
    static String of(Caller caller, @Nullable String named) {
        if (named != null && hasOnlyOwn(caller) && !named.equals(caller.subject())) {
            throw FORBIDDEN.because("A customer reserves for nobody else").at("/owner", "is not the token's subject");
        }
        return named == null ? caller.subject() : named;
    }
}
