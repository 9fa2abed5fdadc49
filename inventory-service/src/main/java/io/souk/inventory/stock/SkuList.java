package io.souk.inventory.stock;

import io.souk.kit.problem.Problem;
import io.souk.kit.sku.Sku;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;

import static io.souk.kit.problem.KitProblem.INVALID;

/** The query parameter {@code sku=a,b}. */
final class SkuList {
    static final int MAX_SKUS = 200;

    private SkuList() {}

    /** 422 naming {@code sku} for none, too many, or what cannot be a SKU. */
    static List<Sku> of(String parameter) {
        var texts = Arrays.stream(parameter.split(",", MAX_SKUS + 1))
                .map(String::strip)
                .filter(text -> !text.isEmpty())
                .toList();
        if (texts.isEmpty() || texts.size() > MAX_SKUS) {
            throw refused("must name 1 to " + MAX_SKUS + " SKUs");
        }
        texts.stream().map(Sku::fault).filter(Objects::nonNull).findFirst().ifPresent(fault -> {
            throw refused("holds what is no SKU: it " + fault);
        });
        return texts.stream().map(Sku::new).toList();
    }

    private static Problem refused(String why) {
        return INVALID.because("The list of SKUs breaks a rule").parameter("sku", why);
    }
}
