package io.souk.inventory.verify;

import io.quarkus.runtime.annotations.RegisterForReflection;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Objects;
import java.util.UUID;

import static io.souk.kit.problem.KitProblem.INVALID;

/** Orders that are confirmed, as orders says. */
@RegisterForReflection
@Schema(name = "ConfirmedOrders", examples = """
    {"confirmed": ["0198c5d2-0000-7000-8000-000000000001"]}
    """)
record ConfirmedOrders(@Nullable List<@Nullable UUID> confirmed) {
    /** Many times what a part of the verification of orders answers. */
    static final int MAX_ORDERS = 500;

    /** Each once; 422 when they are missing, too many, or not all ids. */
    static List<UUID> valid(@Nullable ConfirmedOrders orders) {
        var ids = orders == null ? null : orders.confirmed;
        if (ids == null || ids.size() > MAX_ORDERS || ids.stream().anyMatch(Objects::isNull)) {
            throw INVALID.because("These are no orders")
                    .at("/confirmed", "must be at most " + MAX_ORDERS + " ids of orders");
        }
        return ids.stream().filter(Objects::nonNull).distinct().toList();
    }
}
