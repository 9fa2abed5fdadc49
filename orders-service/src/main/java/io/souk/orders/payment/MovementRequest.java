package io.souk.orders.payment;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.souk.kit.money.Money;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** How much is to be captured or refunded; without an amount, all that is left. */
@RegisterForReflection
@Schema(name = "MovementRequest", examples = """
                {"amount": {"amount": 450, "currency": "USD"}}""")
record MovementRequest(@Nullable Money amount) {}
