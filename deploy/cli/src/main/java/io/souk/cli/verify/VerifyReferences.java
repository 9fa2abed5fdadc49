package io.souk.cli.verify;

import picocli.CommandLine.Command;

@Command(
        name = "references",
        description =
                "Looks up what a tenant's orders name of the catalogue. What is archived is there; what was deleted"
                        + " under an order is found. Nothing is repaired: a person has to say what becomes of the order.",
        footer = {"", "Exit codes: 0 all is there, 1 something is not."})
public final class VerifyReferences extends VerifyTenant {
    VerifyReferences() {
        super("/v1/orders/reference-verifications", "orders", "references");
    }
}
