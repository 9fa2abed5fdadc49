package io.souk.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.eclipse.microprofile.config.ConfigProvider;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

import static io.souk.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

/** Has the running service tell all its aggregates once more, as an operator does after a restore. */
public final class Retelling {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration LONG = Duration.ofMinutes(3);
    private static final String PATH = "/v1/admin/retellings";

    private Retelling() {}

    /**
     * Each of the tenant's aggregates is told again, deleted ones too, and what a reader of the topics keeps is the same as before: so
     * rows are told as their changes were.
     *
     * @param aggregates of each of which the tenant has some
     */
    public static void assertAllIsToldAsItWas(String service, String tenant, String... aggregates) {
        awaitRelayed(service, tenant);
        var before = settled(service, tenant, aggregates);
        before.forEach((aggregate, told) ->
                assertThat(told.last()).as("%s of %s", aggregate, tenant).isNotEmpty());

        var ended = run();

        assertThat(ended.path("state").asText()).as(ended.toString()).isEqualTo("SUCCEEDED");
        awaitRelayed(service, tenant);
        before.forEach((aggregate, first) -> eventually(
                LONG,
                () -> assertThat(Told.of(service, aggregate, tenant))
                        .as(aggregate)
                        .isEqualTo(first.andOnceMore())));
    }

    /** What stands in the log once two looks have seen the same: a commit shows a little later than it is answered. */
    private static Map<String, Told> settled(String service, String tenant, String... aggregates) {
        var looks = new ArrayDeque<Map<String, Told>>();
        return eventually(
                LONG,
                () -> {
                    var look = new TreeMap<String, Told>();
                    for (var aggregate : aggregates) {
                        look.put(aggregate, Told.of(service, aggregate, tenant));
                    }
                    return look;
                },
                look -> {
                    boolean same = look.equals(looks.peekLast());
                    looks.add(look);
                    return same;
                });
    }

    /** What a topic's reader keeps of a tenant, and how many records it read for that. */
    private record Told(SortedMap<String, LogFold.Last> last, int records) {
        /** As it is when each aggregate has been told again as it was. */
        Told andOnceMore() {
            return new Told(last, records + last.size());
        }

        static Told of(String service, String aggregate, String tenant) {
            var topic = EventLog.topic(service, aggregate);
            return new Told(
                    LogFold.of(topic, tenant), EventLog.readAllOf(topic, tenant).size());
        }
    }

    /** Comes back when it has ended. */
    public static JsonNode run() {
        var begun =
                send(request(PATH).header("Content-Type", "application/json").POST(BodyPublishers.ofString("{}")));
        var path = PATH + "/" + begun.path("id").asText();
        return eventually(LONG, () -> send(request(path).GET()), job -> job.hasNonNull("finishedAt"));
    }

    /** Comes back when nothing of the tenant waits in the outbox. */
    public static void awaitRelayed(String service, String tenant) {
        try (var worker = Database.of(service, "worker")) {
            eventually(
                    LONG,
                    () -> worker.query("select 1 from outbox where tenant = ? limit 1", tenant),
                    waiting -> waiting.isEmpty());
        }
    }

    private static HttpRequest.Builder request(String path) {
        int port = ConfigProvider.getConfig().getValue("quarkus.http.test-port", Integer.class);
        return HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                .timeout(Duration.ofSeconds(40))
                .header("Authorization", "Bearer " + Tokens.withoutTenant("operator"));
    }

    private static JsonNode send(HttpRequest.Builder request) {
        try (var client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            return JSON.readTree(
                    client.send(request.build(), BodyHandlers.ofString()).body());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }
}
