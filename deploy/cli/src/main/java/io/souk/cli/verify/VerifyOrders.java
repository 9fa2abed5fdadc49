package io.souk.cli.verify;

import picocli.CommandLine.Command;

@Command(
        name = "orders",
        description =
                "Proves a tenant's orders: what is confirmed is paid for, what was sent is captured, the money of what ended"
                        + " otherwise is given back, every order ends in time, lines add up to the charge, and no cart waits"
                        + " for an order that has ended. A repair gives back what is kept, captures what is due, and unlocks"
                        + " carts.")
public final class VerifyOrders extends VerifyAndRepair {
    VerifyOrders() {
        super("/v1/orders/verifications", "orders");
    }
}
