package io.souk.catalog.card;

import io.souk.kit.http.AggregateVersions;
import io.souk.kit.token.Caller;
import io.souk.kit.token.Roles;
import io.souk.kit.view.Demand;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Who reads, and how.
 *
 * @param staff sees what is not published too
 * @param past the caches: answered as the tables are after the request came
 * @param demand what else is asked of the answer
 */
record Reader(boolean staff, boolean past, Demand demand) {
    private static final Pattern MAX_AGE = Pattern.compile("(?:^|[\\s,])max-age=(\\d{1,9})(?:$|[\\s,])");

    /**
     * As the request's headers say.
     *
     * @param minVersion {@code Souk-Min-Version}; 400 when it is not a list of versions
     */
    static Reader of(Caller caller, @Nullable String cacheControl, @Nullable String minVersion) {
        var seen = AggregateVersions.parse(AggregateVersions.MIN_VERSION, minVersion);
        boolean staff = caller.has(Roles.ADMIN) || caller.has(Roles.MERCHANT);
        if (cacheControl == null) {
            return new Reader(staff, false, seen.isEmpty() ? Demand.NONE : new Demand(seen, null));
        }
        var directives = cacheControl.toLowerCase(Locale.ROOT);
        var maxAge = MAX_AGE.matcher(directives);
        var most = maxAge.find() ? Duration.ofSeconds(Long.parseLong(maxAge.group(1))) : null;
        // Who asks the tables takes what they say, even where a foreign source lags.
        boolean past = directives.contains("no-cache") || Duration.ZERO.equals(most);
        return new Reader(staff, past, new Demand(seen, past ? null : most));
    }

    /** The same reader, who is answered from the tables. */
    Reader pastCaches() {
        return new Reader(staff, true, demand);
    }
}
