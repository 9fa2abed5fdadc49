package io.souk.cli.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

import java.util.concurrent.Callable;

@Command(
        name = "rebuild",
        description =
                "Builds the cache anew from the log while reads go on in the present one, and waits until it is replaced.")
final class RebuildCaches implements Callable<Integer> {
    private static final long LOOK_MILLIS = 250;

    @Mixin
    private ServiceOption services;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        boolean good = true;
        for (var service : CachedServices.of(services)) {
            var rebuild = service.post(Caches.PATH + "/rebuilds", JsonNodeFactory.instance.objectNode())
                    .path("rebuild");
            while (rebuild.path("phase").asText().equals("RUNNING")) {
                Thread.sleep(LOOK_MILLIS);
                rebuild = service.get(Caches.PATH).path("rebuild");
            }
            print(service.service(), rebuild);
            good &= rebuild.path("phase").asText().equals("PUBLISHED");
        }
        return good ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
    }

    private void print(String service, JsonNode rebuild) {
        var out = spec.commandLine().getOut();
        out.println(
                services.asJson() ? Printable.json(service, rebuild) : "%-9s  %s".formatted(service, told(rebuild)));
    }

    static String told(JsonNode rebuild) {
        return switch (rebuild.path("phase").asText()) {
            case "RUNNING" -> Printable.field(rebuild, "behind") + " records are still to be applied";
            case "PUBLISHED" -> "published";
            default -> "failed: " + Printable.field(rebuild, "failure");
        };
    }
}
