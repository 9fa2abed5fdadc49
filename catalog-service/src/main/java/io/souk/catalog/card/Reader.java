package io.souk.catalog.card;

import io.souk.kit.token.Caller;
import io.souk.kit.token.Roles;
import org.jspecify.annotations.Nullable;

import java.util.Locale;

/**
 * Who reads, and how.
 *
 * @param staff sees what is not published too
 * @param past the caches: answered as the tables are after the request came
 */
record Reader(boolean staff, boolean past) {
    static Reader of(Caller caller, @Nullable String cacheControl) {
        return new Reader(
                caller.has(Roles.ADMIN) || caller.has(Roles.MERCHANT),
                cacheControl != null && cacheControl.toLowerCase(Locale.ROOT).contains("no-cache"));
    }
}
