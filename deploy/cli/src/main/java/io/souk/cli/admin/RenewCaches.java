package io.souk.cli.admin;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

import java.util.concurrent.Callable;

@Command(
        name = "renew",
        description = "Begins an empty cache, for when what it holds is doubted: readers fill it from the tables.")
final class RenewCaches implements Callable<Integer> {
    @Mixin
    private ServiceOption services;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        for (var service : CachedServices.of(services)) {
            var state = service.post(Caches.PATH + "/renewals", JsonNodeFactory.instance.objectNode());
            spec.commandLine()
                    .getOut()
                    .println(
                            services.asJson()
                                    ? Printable.json(service.service(), state)
                                    : "%-9s  an empty cache begins".formatted(service.service()));
        }
        return CommandLine.ExitCode.OK;
    }
}
