package io.souk.cli.verify;

import picocli.CommandLine.Command;

import java.util.List;

@Command(
        name = "references",
        description =
                "Looks up what a tenant's orders and inventory name of the catalogue. What is archived is there; what was"
                        + " deleted under an order, goods, a purchase order or a pack is found. Then holds orders and reservations"
                        + " against each other: stock that is held for no order, and orders for which none is held. Nothing is"
                        + " repaired: a person has to say what becomes of it.",
        footer = {"", "Exit codes: 0 all is there, 1 something is not."})
public final class VerifyReferences extends VerifyTenant {
    VerifyReferences() {
        super(
                List.of(
                        new Source(
                                "/v1/orders/reference-verifications",
                                "confirmed",
                                "/v1/reservations/order-verifications"),
                        Source.alone("/v1/stock/reference-verifications"),
                        new Source(
                                "/v1/reservations/reference-verifications",
                                "reservations",
                                "/v1/orders/reservation-verifications")),
                "orders",
                "references",
                "reservations");
    }
}
