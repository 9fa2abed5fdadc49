package io.souk.cli.verify;

import com.fasterxml.jackson.databind.JsonNode;
import io.souk.cli.Http;
import io.souk.cli.local.Component;
import io.souk.cli.local.DataOption;
import io.souk.cli.local.RunState;
import io.souk.cli.token.Token;
import io.souk.stack.StackException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Callable;

@Command(
        name = "inventory",
        description = "Proves a tenant's stock: on hand is the sum of the ledger, reserved what live reservations hold,"
                + " nothing is held for nobody.",
        footer = {"", "Exit codes: 0 all is right or was repaired, 1 something is not."})
public final class VerifyInventory implements Callable<Integer> {
    private static final Duration TOKEN_LIFETIME = Duration.ofHours(2);
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    /** Asking twice is harmless, so what may pass is asked again for so long. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Option(names = "--tenant", required = true, paramLabel = "T", description = "Whose stock.")
    private String tenant;

    @Option(names = "--repair", description = "Puts right what can be; the levels' events tell it.")
    private boolean repair;

    @Mixin
    private DataOption data;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        Token.requireTenant(spec, tenant);
        var folder = data.folder();
        var gateway = URI.create(RunState.of(folder).ports().url(Component.GATEWAY));
        var token = Token.ofAdmin(folder, tenant, TOKEN_LIFETIME);
        var out = spec.commandLine().getOut();
        var seen = new Seen();
        @Nullable String cursor = null;
        do {
            var part = ask(gateway, token, cursor);
            seen.add(part, out);
            cursor = part.path("next").isTextual() ? part.path("next").asText() : null;
        } while (cursor != null);
        out.printf(
                "%d levels, %d reservations: %d findings, %d repaired%n",
                seen.levels, seen.reservations, seen.findings, seen.repaired);
        out.flush();
        return seen.findings == seen.repaired ? 0 : 1;
    }

    private JsonNode ask(URI gateway, String token, @Nullable String cursor) {
        var path = "/v1/stock/verifications?repair=" + repair
                + (cursor == null ? "" : "&cursor=" + URLEncoder.encode(cursor, StandardCharsets.UTF_8));
        var reply = new Http()
                .ask(
                        HttpRequest.newBuilder(gateway.resolve(path))
                                .timeout(TIMEOUT)
                                .header("authorization", "Bearer " + token)
                                .POST(BodyPublishers.noBody()),
                        PATIENCE);
        if (reply.status() != 200) {
            throw new StackException("The inventory cannot be verified: %s.".formatted(reply.reason()));
        }
        return reply.json();
    }

    /** What was seen so far. */
    private static final class Seen {
        private long levels;
        private long reservations;
        private long findings;
        private long repaired;

        void add(JsonNode part, PrintWriter out) {
            levels += part.path("levels").asLong();
            reservations += part.path("reservations").asLong();
            for (var finding : part.path("findings")) {
                findings++;
                boolean mended = finding.path("repaired").asBoolean();
                repaired += mended ? 1 : 0;
                out.printf(
                        "%-18s %s %s: %s%s%n",
                        finding.path("kind").asText(),
                        finding.path("id").asText(),
                        finding.path("sku").asText(""),
                        finding.path("detail").asText(),
                        mended ? " (repaired)" : "");
            }
        }
    }
}
