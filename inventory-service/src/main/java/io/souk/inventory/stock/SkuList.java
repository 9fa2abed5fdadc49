package io.souk.inventory.stock;

import io.souk.inventory.variant.Sku;
import io.souk.kit.problem.Problem;

import java.util.Arrays;
import java.util.List;

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
        if (!texts.stream().allMatch(Sku::isValid)) {
            throw refused("must hold SKUs of 1 to " + Sku.MAX_LENGTH + " printable characters");
        }
        return texts.stream().map(Sku::new).toList();
    }

    private static Problem refused(String why) {
        return INVALID.because("The list of SKUs breaks a rule").parameter("sku", why);
    }
}
