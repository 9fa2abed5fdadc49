package io.souk.inventory.unit;

import io.souk.kit.problem.Problem;
import io.souk.kit.sku.Sku;
import org.jspecify.annotations.Nullable;

/** What is written on a unit; as with SKUs, neither case nor form of its letters tells two apart. */
final class SerialNumber {
    private SerialNumber() {}

    /** Adds what is wrong with it. */
    static void check(@Nullable String text, String field, Problem problem) {
        var fault = Sku.fault(text);
        if (fault != null) {
            problem.at(field, fault);
        }
    }

    static String key(String serialNumber) {
        return Sku.key(serialNumber);
    }
}
