package io.souk.orders;

import jakarta.ws.rs.core.UriInfo;

import static io.souk.kit.problem.KitProblem.MALFORMED;

/** What a list is narrowed by. */
public final class Filters {
    private Filters() {}

    /** 400 for a parameter that is there and says nothing: taken for a missing one, it would list what nobody asked for. */
    public static void requireValue(UriInfo uri, String parameter) {
        var values = uri.getQueryParameters().get(parameter);
        if (values != null && values.stream().anyMatch(String::isBlank)) {
            throw MALFORMED.because("A parameter is empty").parameter(parameter, "is empty");
        }
    }
}
