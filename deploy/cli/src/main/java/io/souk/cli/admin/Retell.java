package io.souk.cli.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;

@Command(
        name = "retell",
        description =
                "Tells all of a service's aggregates once more, after its database was restored and its epoch raised, and waits.")
public final class Retell implements Callable<Integer> {
    private static final String RETELLINGS = "/v1/admin/retellings";

    @Option(
            names = "--aggregate",
            paramLabel = "A",
            description = "Only these, by the last word of their topics; may be repeated.")
    private @Nullable List<String> aggregates;

    @Mixin
    private ServiceOption services;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        if (!services.isNamed()) {
            throw new ParameterException(spec.commandLine(), "Say which service's database was restored: --service S.");
        }
        boolean good = true;
        for (var service : services.administrations()) {
            var begun = service.post(RETELLINGS, asked());
            var progress = new Progress(service.service());
            var ended = service.follow(RETELLINGS + "/" + begun.path("id").asText(), begun, progress::print);
            print(service.service(), ended);
            good &= ended.path("state").asText().equals("SUCCEEDED");
        }
        return good ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
    }

    private ObjectNode asked() {
        var asked = JsonNodeFactory.instance.objectNode();
        if (aggregates != null) {
            var named = asked.putArray("aggregates");
            aggregates.forEach(named::add);
        }
        return asked;
    }

    private void print(String service, JsonNode ended) {
        var out = out();
        if (services.asJson()) {
            out.println(Printable.json(service, ended));
            return;
        }
        out.printf(
                "%-9s  %s rows told once more, %s deletions told of what only the log knew%n",
                service, Printable.field(ended, "rows"), Printable.field(ended, "lost"));
        if (ended.hasNonNull("failure")) {
            out.printf("%-9s  stopped early: %s%n", service, Printable.field(ended, "failure"));
        }
        out.flush();
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }

    /** A line for each thing that it turns to. */
    private final class Progress {
        private final String service;
        private String last = "";

        Progress(String service) {
            this.service = service;
        }

        void print(JsonNode retelling) {
            var now = doing(retelling.path("phase").asText(), Printable.field(retelling, "aggregate"));
            if (!services.asJson() && !now.equals(last) && !retelling.hasNonNull("finishedAt")) {
                last = now;
                out().printf(
                                "%-9s  %s of %s: %s%n",
                                service,
                                Printable.field(retelling, "parts"),
                                Printable.field(retelling, "partsTotal"),
                                now);
                out().flush();
            }
        }

        private static String doing(String phase, String aggregate) {
            return switch (phase) {
                case "READING_LOG" -> "reading the log of " + aggregate;
                case "TELLING_ROWS" -> "telling each " + aggregate;
                default -> "telling what only the log knows";
            };
        }
    }
}
