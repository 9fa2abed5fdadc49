package io.souk.cli.verify;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "verify",
        description = "Proves what a service keeps, and repairs it on demand.",
        subcommands = {VerifyInventory.class, VerifyOrders.class, VerifyReferences.class})
public final class Verify implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Say what to verify: inventory, orders or references.");
    }
}
