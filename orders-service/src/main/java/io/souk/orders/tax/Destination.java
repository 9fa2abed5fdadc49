package io.souk.orders.tax;

import org.jspecify.annotations.Nullable;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Where an order goes, as far as taxes need it.
 *
 * @param country ISO 3166-1, two capital letters
 * @param region what ISO 3166-2 puts behind the country's dash: NY, BY, 75; null when it is not known
 */
public record Destination(String country, @Nullable String region) {
    private static final Set<String> COUNTRIES = Set.of(Locale.getISOCountries());
    private static final Pattern REGION = Pattern.compile("[A-Z0-9]{1,3}");

    public static boolean isCountry(String text) {
        return COUNTRIES.contains(text);
    }

    public static boolean isRegion(String text) {
        return REGION.matcher(text).matches();
    }
}
