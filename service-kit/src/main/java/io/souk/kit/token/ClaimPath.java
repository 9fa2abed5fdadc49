package io.souk.kit.token;

import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Where something stands in a token: names of claims from the outside in, parted by {@code /}, as in {@code
 * realm_access/roles}. A name that holds a slash itself stands in double quotes, as SmallRye JWT writes it.
 */
public record ClaimPath(List<String> names) {
    private static final Pattern NAME = Pattern.compile("\"([^\"]+)\"|([^/\"]+)");

    public ClaimPath {
        names = List.copyOf(names);
    }

    /** Reads a property's text; {@link IllegalArgumentException} for what is no path. */
    public static ClaimPath of(String text) {
        var names = new ArrayList<String>();
        var name = NAME.matcher(text);
        int at = 0;
        while (name.region(at, text.length()).lookingAt()) {
            @Nullable String quoted = name.group(1);
            names.add(quoted == null ? name.group(2) : quoted);
            if (name.end() == text.length()) {
                return new ClaimPath(names);
            }
            if (text.charAt(name.end()) != '/') {
                break;
            }
            at = name.end() + 1;
        }
        throw new IllegalArgumentException(text + " is not a path of claims");
    }

    /** What stands there; null when nothing does. */
    @Nullable
    Object in(JsonWebToken jwt) {
        @Nullable Object value = jwt.getClaim(names.getFirst());
        for (var name : names.subList(1, names.size())) {
            value = value instanceof Map<?, ?> claims ? claims.get(name) : null;
        }
        return value;
    }

    @Override
    public String toString() {
        return String.join("/", names);
    }
}
