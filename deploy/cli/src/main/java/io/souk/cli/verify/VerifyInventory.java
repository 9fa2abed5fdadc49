package io.souk.cli.verify;

import picocli.CommandLine.Command;

@Command(
        name = "inventory",
        description = "Proves a tenant's stock: on hand is the sum of the ledger, reserved what live reservations hold,"
                + " nothing is held for nobody, what was shipped has left. What is repaired is told by the levels'"
                + " events.")
public final class VerifyInventory extends VerifyAndRepair {
    VerifyInventory() {
        super("/v1/stock/verifications", "levels", "reservations");
    }
}
