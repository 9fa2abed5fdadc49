package io.souk.cli.verify;

import picocli.CommandLine.Command;

import java.util.List;

@Command(
        name = "references",
        description =
                "Looks up what a tenant's orders and packs name of the catalogue. What is archived is there; what was deleted"
                        + " under an order or a pack is found. Nothing is repaired: a person has to say what becomes of it.",
        footer = {"", "Exit codes: 0 all is there, 1 something is not."})
public final class VerifyReferences extends VerifyTenant {
    VerifyReferences() {
        super(
                List.of("/v1/orders/reference-verifications", "/v1/packs/reference-verifications"),
                "orders",
                "references",
                "packs");
    }
}
