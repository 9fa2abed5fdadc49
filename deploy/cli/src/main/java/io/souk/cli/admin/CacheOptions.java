package io.souk.cli.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.util.List;
import java.util.UUID;

import static picocli.CommandLine.Spec.Target.MIXEE;

/** Which entries are meant, and the job over them. */
final class CacheOptions {
    private static final String JOBS = Caches.PATH + "/jobs";

    @Option(names = "--kind", paramLabel = "K", description = "Views of this kind.")
    private @Nullable String kind;

    @Option(names = "--tenant", paramLabel = "T", description = "This tenant's.")
    private @Nullable String tenant;

    @Option(names = "--id", paramLabel = "ID", description = "Those of one of the tenant's aggregates.")
    private @Nullable UUID id;

    @Option(names = "--all", description = "All that there are.")
    private boolean all;

    @Mixin
    private ServiceOption services;

    @Spec(MIXEE)
    private CommandSpec spec;

    /**
     * Has the job done in each service that is meant, and waits for its end.
     *
     * @param done what became of the entries, as a word
     */
    int run(String action, String done) throws InterruptedException {
        var asked = asked();
        boolean good = true;
        for (var service : meant()) {
            var begun = service.post(JOBS, asked.put("action", action));
            var ended = service.follow(JOBS + "/" + begun.path("id").asText(), begun);
            print(service.service(), ended, done);
            good &= ended.path("state").asText().equals("SUCCEEDED");
        }
        return good ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
    }

    private List<Administration> meant() {
        return kind == null ? CachedServices.of(services) : CachedServices.of(services, kind);
    }

    private ObjectNode asked() {
        var asked = JsonNodeFactory.instance.objectNode();
        put(asked, "kind", kind);
        put(asked, "tenant", tenant);
        put(asked, "id", id);
        if (all == !asked.isEmpty()) {
            throw new ParameterException(
                    spec.commandLine(), "Say which: --kind, --tenant, --tenant with --id, or --all and nothing else.");
        }
        return asked;
    }

    private static void put(ObjectNode asked, String name, @Nullable Object value) {
        if (value != null) {
            asked.put(name, value.toString());
        }
    }

    private void print(String service, JsonNode ended, String done) {
        var out = spec.commandLine().getOut();
        if (services.asJson()) {
            out.println(Printable.json(service, ended));
            return;
        }
        out.printf("%-9s  %s entries %s%n", service, Printable.field(ended, "entries"), done);
        if (ended.hasNonNull("failure")) {
            out.printf("%-9s  stopped early: %s%n", service, Printable.field(ended, "failure"));
        }
    }
}
