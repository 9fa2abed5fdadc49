package io.souk.orders.tax;

import io.quarkus.runtime.annotations.RegisterForReflection;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import static io.souk.kit.problem.KitProblem.INVALID;

/** All rates of a shop. */
@RegisterForReflection
@Schema(name = "TaxTableRequest", examples = """
                {"rates": [{"country": "US", "region": "NY", "rateMillionths": 88750, "inclusive": false},
                 {"country": "US", "region": "NY", "category": "grocery", "rateMillionths": 0, "inclusive": false}]}""")
record TaxTableRequest(@Nullable List<@Nullable TaxRateView> rates) {

    /** The rates once they are known to be good; 422 naming each bad field otherwise. */
    List<TableRate> checked() {
        var problem = INVALID.because("The table breaks a rule");
        if (rates == null || rates.size() > TaxTable.MAX_RATES) {
            throw problem.at("/rates", "must have at most " + TaxTable.MAX_RATES + " rates");
        }
        Map<List<String>, Integer> places = new HashMap<>();
        List<TableRate> checked = new ArrayList<>();
        for (int i = 0; i < rates.size(); i++) {
            var pointer = "/rates/" + i;
            var given = rates.get(i);
            var rate = given == null ? null : given.checked(pointer, problem);
            if (rate != null) {
                var first = places.putIfAbsent(
                        List.of(rate.country(), String.valueOf(rate.region()), String.valueOf(rate.category())), i);
                if (first != null) {
                    problem.at(pointer, "stands in rate " + first + " too");
                }
                checked.add(rate);
            } else if (given == null) {
                problem.at(pointer, "must not be null");
            }
        }
        if (!problem.errors().isEmpty()) {
            throw problem;
        }
        return checked;
    }
}
