package io.souk.inventory.reservation;

import io.souk.kit.token.Caller;
import io.souk.kit.token.Roles;
import org.jspecify.annotations.Nullable;

import static io.souk.kit.problem.KitProblem.FORBIDDEN;

/** Whose reservations a caller may see and change: a customer its own, who works for the tenant all of them, a merchant none. */
final class Owners {
    private Owners() {}

    /** The caller; 403 for a merchant, whatever else it may be: a reservation holds goods of several sellers and names its owner. */
    static Caller admitted(Caller caller) {
        if (caller.actsForVendor()) {
            throw FORBIDDEN.because("A merchant acts for one vendor, and reservations hold the goods of all");
        }
        return caller;
    }

    static boolean seesOnlyOwn(Caller caller) {
        return changesOnlyOwn(caller) && !caller.has(Roles.READONLY);
    }

    /** Who may read everything changes no more for it. */
    static boolean changesOnlyOwn(Caller caller) {
        return !caller.has(Roles.ADMIN) && !caller.has(Roles.SERVICE);
    }

    static boolean maySee(Caller caller, Reservation reservation) {
        return !seesOnlyOwn(caller) || isOwn(caller, reservation);
    }

    static boolean mayChange(Caller caller, Reservation reservation) {
        return !changesOnlyOwn(caller) || isOwn(caller, reservation);
    }

    private static boolean isOwn(Caller caller, Reservation reservation) {
        return caller.subject().equals(reservation.owner());
    }

    /** For whom a reservation is made: whom the request names, else the caller; 403 for a customer who names another one. */
    static String of(Caller caller, @Nullable String named) {
        if (named != null && changesOnlyOwn(caller) && !named.equals(caller.subject())) {
            throw FORBIDDEN.because("A customer reserves for nobody else").at("/owner", "is not the token's subject");
        }
        return named == null ? caller.subject() : named;
    }
}
