package io.souk.cli.admin;

import com.fasterxml.jackson.databind.JsonNode;
import io.souk.stack.StackException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;

@Command(name = "show", description = "Shows one dead letter with its record.")
final class ShowLetter implements Callable<Integer> {
    private static final List<String> FIELDS = List.of(
            "state",
            "consumer",
            "reason",
            "givenUpAt",
            "attempts",
            "attemptedAt",
            "redrivenAt",
            "topic",
            "partition",
            "offset",
            "key",
            "tenant",
            "eventId");

    @Parameters(paramLabel = "ID", description = "As the list says.")
    private UUID id;

    @Mixin
    private ServiceOption services;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        for (var service : services.administrations()) {
            var found = service.find("/v1/admin/dead-letters/" + id);
            if (found.isPresent()) {
                print(service.service(), found.get());
                return CommandLine.ExitCode.OK;
            }
        }
        throw new StackException("There is no dead letter %s.".formatted(id));
    }

    private void print(String service, JsonNode letter) {
        var out = spec.commandLine().getOut();
        if (services.asJson()) {
            out.println(Printable.json(service, letter));
            return;
        }
        out.printf("%-12s %s%n", "service", service);
        FIELDS.forEach(name -> out.printf("%-12s %s%n", name, Printable.field(letter, name)));
        out.println("headers");
        for (var header : letter.path("headers")) {
            out.printf("  %-22s %s%n", Printable.field(header, "name"), Printable.field(header, "value"));
        }
        int shown = letter.path("value").asText("").getBytes(StandardCharsets.UTF_8).length;
        int bytes = letter.path("valueBytes").asInt();
        out.printf("value, %d bytes%s%n", bytes, shown < bytes ? ", of which the first are" : "");
        out.println(Printable.field(letter, "value"));
    }
}
