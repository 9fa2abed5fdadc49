package io.souk.cli.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.souk.stack.StackException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.util.UUID;
import java.util.concurrent.Callable;

@Command(
        name = "redrive",
        description =
                "Hands open dead letters to the consumers that gave them up, and waits. Exit code 1 if any fails again.")
final class RedriveLetters implements Callable<Integer> {
    private static final String REDRIVES = "/v1/admin/dead-letters/redrives";

    @Parameters(paramLabel = "ID", arity = "0..1", description = "This one.")
    private @Nullable UUID id;

    @Option(names = "--all", description = "All that are open.")
    private boolean all;

    @Mixin
    private LetterOptions letters;

    @Mixin
    private ServiceOption services;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        var asked = asked();
        long meant = 0;
        boolean good = true;
        for (var service : services.administrations()) {
            var begun = service.post(REDRIVES, asked);
            if (begun.path("letters").asLong() > 0) {
                var ended = service.follow(REDRIVES + "/" + begun.path("id").asText(), begun);
                print(service.service(), ended);
                meant += ended.path("letters").asLong();
                good &= ended.path("state").asText().equals("SUCCEEDED")
                        && ended.path("failed").asLong() == 0;
            }
        }
        if (meant == 0) {
            return nothing();
        }
        return good ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
    }

    private ObjectNode asked() {
        var asked = JsonNodeFactory.instance.objectNode();
        letters.named().forEach(asked::put);
        if (id != null) {
            asked.put("id", id.toString());
        }
        if (all == !asked.isEmpty()) {
            throw new ParameterException(
                    spec.commandLine(), "Say which: an ID, --tenant and the like, or --all and nothing else.");
        }
        return asked;
    }

    private void print(String service, JsonNode ended) {
        var out = spec.commandLine().getOut();
        if (services.asJson()) {
            out.println(Printable.json(service, ended));
            return;
        }
        out.printf(
                "%-9s  %s of %s redriven, %s failed again%n",
                service,
                Printable.field(ended, "redriven"),
                Printable.field(ended, "letters"),
                Printable.field(ended, "failed"));
        if (!Printable.field(ended, "failure").equals("-")) {
            out.printf("%-9s  stopped early: %s%n", service, Printable.field(ended, "failure"));
        }
    }

    private int nothing() {
        if (id != null) {
            throw new StackException("There is no open dead letter %s.".formatted(id));
        }
        if (!services.asJson()) {
            spec.commandLine().getOut().println("There are no such open dead letters.");
        }
        return CommandLine.ExitCode.OK;
    }
}
