package io.souk.cli.verify;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.souk.cli.Http;
import io.souk.cli.local.Component;
import io.souk.cli.local.DataOption;
import io.souk.cli.local.RunState;
import io.souk.cli.token.Token;
import io.souk.stack.StackException;
import org.jspecify.annotations.Nullable;
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
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;

/** Has a service prove what it keeps of a tenant, part by part, and prints each finding. */
abstract class VerifyTenant implements Callable<Integer> {
    private static final Duration TOKEN_LIFETIME = Duration.ofHours(2);
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    /** Asking twice is harmless, so what may pass is asked again for so long. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Option(names = "--tenant", required = true, paramLabel = "T", description = "Whose.")
    private String tenant;

    @Mixin
    private DataOption data;

    @Spec
    private CommandSpec spec;

    private final List<Source> sources;
    private final List<String> counts;

    /**
     * Where a service is asked; each answer leads on to the next part until all was seen.
     *
     * @param claims the member of its answers that lists what another service has to judge; null for none
     * @param judge where that is, taking the member as it came
     */
    record Source(
            String path, @Nullable String claims, @Nullable String judge) {
        static Source alone(String path) {
            return new Source(path, null, null);
        }
    }

    /**
     * @param sources asked one after the other
     * @param counts the members of answers that say how much was looked at
     */
    VerifyTenant(List<Source> sources, String... counts) {
        this.sources = List.copyOf(sources);
        this.counts = List.of(counts);
    }

    /** What every part is asked with, as {@code name=value}. */
    List<String> parameters() {
        return List.of();
    }

    @Override
    public Integer call() {
        Token.requireTenant(spec, tenant);
        var folder = data.folder();
        var gateway = URI.create(RunState.of(folder).ports().url(Component.GATEWAY));
        var token = Token.ofAdmin(folder, tenant, TOKEN_LIFETIME);
        var out = spec.commandLine().getOut();
        var seen = new Seen();
        for (var source : sources) {
            @Nullable String cursor = null;
            do {
                var part = ask(gateway.resolve(source.path()), token, cursor);
                seen.add(part, out);
                if (source.judge() != null && !part.path(source.claims()).isEmpty()) {
                    seen.add(judged(gateway.resolve(source.judge()), token, source, part), out);
                }
                cursor = part.path("next").isTextual() ? part.path("next").asText() : null;
            } while (cursor != null);
        }
        out.printf("%s: %d findings, %d repaired%n", seen.counted(), seen.findings, seen.repaired);
        out.flush();
        return seen.findings == seen.repaired ? 0 : 1;
    }

    private JsonNode ask(URI address, String token, @Nullable String cursor) {
        var parameters = new ArrayList<>(parameters());
        if (cursor != null) {
            parameters.add("cursor=" + URLEncoder.encode(cursor, StandardCharsets.UTF_8));
        }
        var part = parameters.isEmpty() ? address : URI.create(address + "?" + String.join("&", parameters));
        return send(HttpRequest.newBuilder(part).POST(BodyPublishers.noBody()), token);
    }

    /** What the other service finds of the claims in a part. */
    private JsonNode judged(URI address, String token, Source source, JsonNode part) {
        var claims = JsonNodeFactory.instance.objectNode().set(source.claims(), part.path(source.claims()));
        return send(
                HttpRequest.newBuilder(address)
                        .header("content-type", "application/json")
                        .POST(BodyPublishers.ofString(claims.toString())),
                token);
    }

    private JsonNode send(HttpRequest.Builder request, String token) {
        var reply = new Http().ask(request.timeout(TIMEOUT).header("authorization", "Bearer " + token), PATIENCE);
        if (reply.status() != 200) {
            throw new StackException("The %s cannot be verified: %s.".formatted(spec.name(), reply.reason()));
        }
        return reply.json();
    }

    /** What was seen so far. */
    private final class Seen {
        private final Map<String, Long> counted = new LinkedHashMap<>();
        private long findings;
        private long repaired;

        void add(JsonNode part, PrintWriter out) {
            counts.forEach(count -> counted.merge(count, part.path(count).asLong(), Long::sum));
            for (var finding : part.path("findings")) {
                findings++;
                boolean mended = finding.path("repaired").asBoolean();
                repaired += mended ? 1 : 0;
                out.printf(
                        "%-18s %s%s: %s%s%n",
                        finding.path("kind").asText(),
                        finding.path("id").asText(),
                        finding.hasNonNull("sku") ? " " + finding.path("sku").asText() : "",
                        finding.path("detail").asText(),
                        mended ? " (repaired)" : "");
            }
        }

        String counted() {
            return counted.entrySet().stream()
                    .map(count -> count.getValue() + " " + count.getKey())
                    .collect(Collectors.joining(", "));
        }
    }
}
