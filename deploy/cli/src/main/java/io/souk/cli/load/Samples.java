package io.souk.cli.load;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.souk.cli.Http;
import io.souk.cli.Installation;
import io.souk.cli.local.Component;
import io.souk.cli.local.DataFolder;
import io.souk.cli.local.Ports;
import io.souk.cli.token.Token;
import io.souk.stack.Pause;
import io.souk.stack.StackException;

import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * The four demo tenants of {@code deploy/samples}, a folder each: {@code products.jsonl} in the catalogue's own import format,
 * {@code stock.jsonl} with one {@code {"sku", "quantity"}} a line. Products that are there already make no version; stock is
 * received only where none ever was.
 */
public final class Samples {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration TOKEN_LIFETIME = Duration.ofMinutes(10);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration LOOK = Duration.ofMillis(200);

    private final Installation installation;
    private final DataFolder data;
    private final URI gateway;
    private final PrintWriter out;
    private final Http http = new Http();

    public Samples(Installation installation, DataFolder data, Ports ports, PrintWriter out) {
        this.installation = installation;
        this.data = data;
        this.gateway = URI.create(ports.url(Component.GATEWAY));
        this.out = out;
    }

    /** Whether this data folder has had them once. */
    public boolean areLoaded() {
        return Files.exists(data.samplesMark());
    }

    /** Comes back when every product is stored and the stock is booked. */
    public void load() {
        int products = 0;
        for (var tenant : tenants()) {
            products += load(tenant);
        }
        try {
            Files.writeString(data.samplesMark(), "");
        } catch (IOException e) {
            throw new StackException("%s cannot be written: %s.".formatted(data.samplesMark(), e.getMessage()), e);
        }
        out.printf(
                "The sample data is there: %d products of %d tenants.%n",
                products, tenants().size());
        out.flush();
    }

    /** The same by a process of its own, which outlives this one. */
    public void loadInBackground() {
        var log = data.path().resolve("samples.log").toFile();
        try {
            new ProcessBuilder(
                            Installation.java().toString(),
                            "-Xmx64m",
                            "-XX:+UseSerialGC",
                            "-XX:TieredStopAtLevel=1",
                            "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
                            "-Dsouk.home=" + installation.root(),
                            "-cp",
                            System.getProperty("java.class.path"),
                            "io.souk.cli.Souk",
                            "samples",
                            "--data",
                            data.path().toString())
                    .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                    .redirectErrorStream(true)
                    .redirectOutput(log)
                    .start();
        } catch (IOException e) {
            throw new StackException("The sample data cannot be loaded: %s.".formatted(e.getMessage()), e);
        }
    }

    private List<Path> tenants() {
        try (var folders = Files.list(installation.samples())) {
            return folders.filter(Files::isDirectory).sorted().toList();
        } catch (IOException e) {
            throw new StackException(
                    "The sample data in %s cannot be read: %s.".formatted(installation.samples(), e.getMessage()), e);
        }
    }

    private int load(Path folder) {
        var tenant = Objects.requireNonNull(folder.getFileName()).toString();
        var token = Token.ofAdmin(data, tenant, TOKEN_LIFETIME);
        var imports = new ImportClient(http, gateway, token, PATIENCE);
        var over = awaitEnd(imports, imports.send(folder.resolve("products.jsonl"), null, _ -> {}));
        long rejected = over.counts().getOrDefault("rejected", 0L);
        if (!over.state().equals("SUCCEEDED") || rejected > 0) {
            throw new StackException("The sample data of %s was not taken: %s."
                    .formatted(
                            tenant,
                            rejected > 0
                                    ? imports.rejected(over.id(), 5)
                                    : Objects.requireNonNullElse(over.failure(), over.state())));
        }
        receiveStock(folder.resolve("stock.jsonl"), token);
        return lines(folder.resolve("products.jsonl")).size();
    }

    private static ImportClient.Progress awaitEnd(ImportClient imports, ImportClient.Progress job) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        var latest = job;
        while (!latest.isOver()) {
            if (System.nanoTime() > deadline) {
                throw new StackException("The import %s does not end.".formatted(job.id()));
            }
            Pause.between(LOOK);
            latest = imports.find(job.id());
        }
        return latest;
    }

    private void receiveStock(Path file, String token) {
        var wanted = lines(file);
        var known = stocked(wanted, token);
        var missing = wanted.stream()
                .filter(line -> !known.contains(line.path("sku").asText()))
                .toList();
        if (missing.isEmpty()) {
            return;
        }
        var key = UUID.randomUUID().toString();
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            var reply = http.send(request("/v1/stock/receipts", token)
                    .header("content-type", "application/json")
                    .header("idempotency-key", key)
                    .POST(BodyPublishers.ofString(json(Map.of("lines", missing)))));
            if (reply.status() == 201) {
                return;
            }
            // 422 while inventory has not yet heard of the products that catalog has just stored
            if (reply.status() != 422 || System.nanoTime() > deadline) {
                throw new StackException("The stock of %s was not taken: %s.".formatted(file, reply.reason()));
            }
            Pause.between(LOOK);
        }
    }

    private Set<String> stocked(List<JsonNode> wanted, String token) {
        var skus = wanted.stream().map(line -> line.path("sku").asText()).collect(Collectors.joining(","));
        var reply = http.send(request("/v1/stock?sku=" + URLEncoder.encode(skus, StandardCharsets.UTF_8), token)
                .GET());
        if (reply.status() != 200) {
            throw new StackException("The stock cannot be read: %s.".formatted(reply.reason()));
        }
        var known = new HashSet<String>();
        for (var item : reply.json().path("items")) {
            if (!item.path("levels").isEmpty()) {
                known.add(item.path("sku").asText());
            }
        }
        return known;
    }

    private HttpRequest.Builder request(String path, String token) {
        return HttpRequest.newBuilder(gateway.resolve(path))
                .timeout(Duration.ofSeconds(30))
                .header("authorization", "Bearer " + token);
    }

    private static List<JsonNode> lines(Path file) {
        try {
            var lines = new ArrayList<JsonNode>();
            for (var line : Files.readAllLines(file)) {
                if (!line.isBlank()) {
                    lines.add(JSON.readTree(line));
                }
            }
            return lines;
        } catch (IOException e) {
            throw new StackException("The sample data %s cannot be read: %s.".formatted(file, e.getMessage()), e);
        }
    }

    private static String json(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("writing JSON to a string", e);
        }
    }
}
