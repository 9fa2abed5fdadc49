package io.souk.chaos.workload;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.souk.chaos.evidence.Deed;
import io.souk.chaos.evidence.Fact;
import io.souk.chaos.evidence.Fact.Kind;
import io.souk.chaos.evidence.Fact.Outcome;
import io.souk.chaos.evidence.Fact.Part;
import io.souk.chaos.evidence.Lines;
import io.souk.chaos.evidence.Moment;
import io.souk.chaos.evidence.Order;
import io.souk.chaos.evidence.Strangers;
import io.souk.chaos.evidence.Thing;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiFunction;
import java.util.stream.Collectors;

/**
 * One client of one tenant: sends requests one after the other and takes each down with its outcome. A remembering one keeps the
 * highest order that it has seen of each thing, and asks never to be shown less. For one thread.
 */
final class Client {
    static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .build();

    private static final ObjectMapper JSON = new ObjectMapper();

    /** What a problem's type says of a request whose key is in another one's hands at that moment. */
    private static final String UNDER_WAY = "/idempotency-in-progress";

    private static final Duration PATIENCE = Duration.ofSeconds(8);
    private static final AtomicLong NUMBERS = new AtomicLong();

    private final String name;
    private final String tenant;
    private final String token;
    private final boolean remembering;
    private final Set<String> tenants;
    private final Lines history;
    private final Map<Thing, Order> highest = new HashMap<>();

    Client(String name, String tenant, String token, boolean remembering, Set<String> tenants, Lines history) {
        this.name = name;
        this.tenant = tenant;
        this.token = token;
        this.remembering = remembering;
        this.tenants = tenants;
        this.history = history;
    }

    /** The same client in a second window, who may send at the same time, and remembers for itself. */
    Client window() {
        return new Client(name, tenant, token, remembering, tenants, history);
    }

    /**
     * What came back; status 0 and a missing body where nothing did.
     *
     * @param number of the operation, 0 until it is taken down
     */
    record Answer(
            long number,
            int status,
            JsonNode body,
            @Nullable HttpResponse<String> response) {
        @Nullable
        String header(String name) {
            return response == null ? null : response.headers().firstValue(name).orElse(null);
        }

        boolean ok() {
            return status >= 200 && status < 300;
        }

        /** What that says of a write. */
        Outcome outcome() {
            return Client.outcome(Kind.WRITE, this);
        }

        /** Whether it says what became of a write: not where nobody knows, nor while the same key is still under way. */
        boolean isSettled() {
            return outcome() != Outcome.UNKNOWN && !body.path("type").asText().endsWith(UNDER_WAY);
        }

        private Answer numbered(long operation) {
            return new Answer(operation, status, body, response);
        }
    }

    /** What is asked for. */
    record Ask(
            Kind kind,
            String action,
            Door door,
            String method,
            String path,
            @Nullable String body,
            List<String> headers) {
        static Ask read(Kind kind, String action, Door door, String path, String... headers) {
            return new Ask(kind, action, door, "GET", path, null, List.of(headers));
        }

        static Ask write(Deed deed, Door door, String method, String path, @Nullable String body, String... headers) {
            return new Ask(Kind.WRITE, deed.words(), door, method, path, body, List.of(headers));
        }
    }

    String name() {
        return name;
    }

    String tenant() {
        return tenant;
    }

    Thing thing(String aggregate, String id) {
        return new Thing(aggregate, tenant, id);
    }

    /**
     * Sends, and takes down what came of it.
     *
     * @param about what the request is about, for a client that remembers
     * @param parts what the answer shows
     */
    Answer send(Ask ask, List<Thing> about, BiFunction<Client, Answer, List<Part>> parts) {
        var minimum = remembering ? remembered(about) : Map.<Thing, Order>of();
        var request = request(ask, minimum);
        long began = Moment.now();
        long start = System.nanoTime();
        var answer = answer(request).numbered(NUMBERS.incrementAndGet());
        long took = (System.nanoTime() - start) / 1_000;
        var outcome = outcome(ask.kind(), answer);
        var shown = outcome == Outcome.OK || answer.status() == 404 ? parts.apply(this, answer) : List.<Part>of();
        var text = answer.response() == null ? "" : answer.response().body();
        history.add(new Fact.Operation(
                answer.number(),
                name,
                tenant,
                ask.door().name(),
                ask.kind(),
                ask.action(),
                began,
                took,
                outcome,
                answer.status(),
                shown,
                minimum,
                age(answer),
                stale(answer),
                Strangers.in(text, tenant, tenants)));
        shown.forEach(part -> highest.merge(part.thing(), part.order(), (a, b) -> a.isBefore(b) ? b : a));
        return answer;
    }

    private Map<Thing, Order> remembered(List<Thing> about) {
        return about.stream()
                .filter(thing -> Order.NONE.isBefore(highest.getOrDefault(thing, Order.NONE)))
                .collect(Collectors.toMap(thing -> thing, thing -> highest.getOrDefault(thing, Order.NONE)));
    }

    private HttpRequest request(Ask ask, Map<Thing, Order> minimum) {
        var body = ask.body();
        var request = HttpRequest.newBuilder(ask.door().url().resolve(ask.path()))
                .timeout(PATIENCE)
                .header("Authorization", "Bearer " + token)
                .method(
                        ask.method(),
                        body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body));
        if (!ask.headers().isEmpty()) {
            request.headers(ask.headers().toArray(String[]::new));
        }
        if (body != null) {
            request.header("Content-Type", "application/json");
        }
        if (!minimum.isEmpty()) {
            request.header("Souk-Min-Version", MinVersion.format(minimum));
        }
        return request.build();
    }

    private static Answer answer(HttpRequest request) {
        try {
            var response = HTTP.send(request, BodyHandlers.ofString(StandardCharsets.UTF_8));
            return new Answer(0, response.statusCode(), json(response.body()), response);
        } catch (IOException _) {
            return new Answer(0, 0, MissingNode.getInstance(), null);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return new Answer(0, 0, MissingNode.getInstance(), null);
        }
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException _) {
            return MissingNode.getInstance();
        }
    }

    /** A read without an answer has failed; a write without one may have been done, and so may one that ended in an error. */
    private static Outcome outcome(Kind kind, Answer answer) {
        if (answer.ok()) {
            return Outcome.OK;
        }
        boolean said = answer.status() >= 400 && answer.status() < 500;
        return said || kind != Kind.WRITE ? Outcome.FAIL : Outcome.UNKNOWN;
    }

    private static @Nullable Integer age(Answer answer) {
        var age = answer.header("Age");
        return age == null ? null : Integer.valueOf(age);
    }

    /** Of {@code <part>;asOf=<moment>}, several parted by commas, the parts and their moments; 0 where none is named. */
    private static Map<String, Long> stale(Answer answer) {
        var marks = new TreeMap<String, Long>();
        if (answer.response() != null) {
            for (var value : answer.response().headers().allValues("Souk-Stale")) {
                for (var mark : value.split(",", -1)) {
                    var words = mark.split(";asOf=", 2);
                    marks.put(words[0].strip(), words.length == 1 ? 0 : Moment.of(Instant.parse(words[1].strip())));
                }
            }
        }
        return marks;
    }
}
