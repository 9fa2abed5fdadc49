package io.souk.cli.verify;

import picocli.CommandLine.Command;

@Command(
        name = "inventory",
        description = "Proves a tenant's stock: on hand is the sum of the ledger, reserved what live reservations hold,"
                + " nothing is held for nobody, what was shipped has left, and what was bought has come. Each lot has its own level"
                + " and is proven as one. Where each unit is known, on hand is also how many of them are present, and a confirmed"
                + " reservation, and nobody else, has units of its own. What is repaired is told by the events of levels and"
                + " units.")
public final class VerifyInventory extends VerifyAndRepair {
    VerifyInventory() {
        super("/v1/stock/verifications", "levels", "reservations", "purchases");
    }
}
