package io.souk.cli.local;

import com.sun.net.httpserver.HttpServer;
import io.souk.cli.Ran;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;

/** Stopping, looking and starting again, with harmless processes in the place of the real ones. */
class ProcessesTest {
    @TempDir
    private Path temporary;

    private final List<Process> started = new ArrayList<>();
    private DataFolder data;

    @BeforeEach
    void prepare() {
        data = new DataFolder(temporary.resolve("data"));
        data.prepare();
    }

    @AfterEach
    void clean() {
        started.forEach(Process::destroyForcibly);
    }

    @Test
    void givenARunningService_whenStopped_thenOnlyItIsGone() throws IOException {
        remember(Ports.free());
        var catalog = pretend(Component.CATALOG);
        var search = pretend(Component.SEARCH);

        var ran = Ran.souk("stop", "catalog", "--data", data.path().toString());

        assertThat(ran.code()).isZero();
        assertThat(ran.out()).isEqualTo("catalog is stopped." + System.lineSeparator());
        assertThat(catalog.isAlive()).isFalse();
        assertThat(search.isAlive()).isTrue();
        assertThat(Ran.souk("stop", "catalog", "--data", data.path().toString()).err())
                .contains("catalog does not run");
    }

    @Test
    void givenAProcessFileOfAnEndedProcess_thenNobodyElseIsSignalled() throws IOException {
        remember(Ports.free());
        var innocent = pretend(Component.ORDERS);
        Files.writeString(data.processOf(Component.ORDERS).file(), innocent.pid() + "@1970-01-01T00:16:40Z\n");

        var down = Ran.souk("down", "--data", data.path().toString());

        assertThat(down.code()).isZero();
        assertThat(innocent.isAlive()).isTrue();
        assertThat(data.processOf(Component.ORDERS).file()).doesNotExist();
    }

    @Test
    void givenAStackThatRuns_whenAnotherIsStartedOnItsData_thenItIsRefused() throws IOException {
        remember(Ports.free());
        pretend(Component.KAFKA);

        var ran = Ran.souk("up", "--data", data.path().toString(), "--port-offset", "1234");

        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.err())
                .startsWith("souk: A stack runs on " + data.path() + " already (kafka)")
                .hasLineCount(1);
        assertThat(started).allMatch(Process::isAlive);
    }

    @Test
    void givenATakenPort_whenAStackStarts_thenOneSentenceNamesItAndNothingRuns() throws IOException {
        int offset = freeOffset();
        try (var taken = takeGatewaysPort(offset)) {
            var ran = Ran.souk("up", "--data", data.path().toString(), "--port-offset", Integer.toString(offset));

            assertThat(ran.code()).isEqualTo(1);
            assertThat(ran.err())
                    .startsWith("souk: Port " + taken.getLocalPort() + ", which the stack needs for gateway, is taken")
                    .hasLineCount(1);
            assertThat(Component.values())
                    .allMatch(component -> data.processOf(component).running().isEmpty());
        }
    }

    @Test
    void givenFreshWantedWhereAPortIsTaken_thenNothingIsTakenAway() throws IOException {
        Files.writeString(data.samplesMark(), "");
        int offset = freeOffset();
        try (var _ = takeGatewaysPort(offset)) {
            var ran = Ran.souk(
                    "up", "--fresh", "--data", data.path().toString(), "--port-offset", Integer.toString(offset));

            assertThat(ran.code()).isEqualTo(1);
            assertThat(data.samplesMark()).exists();
        }
    }

    @Test
    void givenAServiceOfAnotherVersion_thenTheStatusTellsItsOwn() throws IOException {
        var service = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
        service.createContext("/q/health/ready", exchange -> {
            var body = """
                    {"status":"UP","checks":[{"name":"ready","status":"UP","data":{"version":"9.8.7"}}]}""".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            try (var out = exchange.getResponseBody()) {
                out.write(body);
            }
        });
        service.start();
        try {
            var numbers = new EnumMap<>(Ports.free().numbers());
            numbers.put(Component.CATALOG, service.getAddress().getPort());
            remember(new Ports(numbers));
            pretend(Component.CATALOG);

            var shown = "catalog .* 9[.]8[.]7 .* UP";
            var ran = Ran.soukUntil(
                    Pattern.compile(shown), "status", "--data", data.path().toString());

            assertThat(ran.out()).containsPattern(shown);
        } finally {
            service.stop(0);
        }
    }

    @Test
    void givenAServiceThatDied_thenTheStatusSaysSo() throws Exception {
        remember(Ports.free());
        var catalog = pretend(Component.CATALOG);
        catalog.destroyForcibly().waitFor();
        pretend(Component.SEARCH);

        var ran = Ran.souk("status", "--data", data.path().toString());
        var json = Ran.souk("status", "--json", "--data", data.path().toString());

        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.out()).containsPattern("catalog .* DEAD").containsPattern("search .* NOT_READY");
        assertThat(ran.out()).containsPattern("orders .* STOPPED");
        assertThat(json.out()).contains("\"up\" : false").contains("\"health\" : \"DEAD\"");
    }

    @Test
    void givenNothing_thenTheStatusSaysThatToo() {
        var ran = Ran.souk("status", "--data", data.path().toString());

        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.out()).startsWith("There is no stack in");
    }

    @Test
    void givenAServiceThatIsNotBuilt_whenStarted_thenItSaysSo() {
        remember(Ports.free());

        var ran = Ran.souk("start", "catalog", "--data", data.path().toString());

        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.err()).startsWith("souk: catalog is not built").hasLineCount(1);
    }

    @Test
    void givenALongLog_thenItsEndIsPrinted() throws IOException {
        var lines = new ArrayList<String>();
        for (int i = 1; i <= 50_000; i++) {
            lines.add("line " + i);
        }
        Files.write(data.logOf(Component.CATALOG), lines);

        var ran = Ran.souk("logs", "catalog", "-n", "3", "--data", data.path().toString());

        assertThat(ran.out()).isEqualTo("line 49998\nline 49999\nline 50000\n");
    }

    @Test
    void givenALogOfBlocksWithoutLines_thenItIsPrintedWhole() throws IOException {
        Files.write(data.logOf(Component.CATALOG), Collections.nCopies(1, "x".repeat(200_000)));

        var ran = Ran.souk("logs", "catalog", "--data", data.path().toString());

        assertThat(ran.out()).hasSize(200_001);
    }

    /** One that keeps every port below those of outgoing connections, of which one may come and go meanwhile. */
    private static int freeOffset() {
        return IntStream.range(0, 1_000)
                .map(_ -> ThreadLocalRandom.current().nextInt(12_000, 12_900))
                .filter(offset -> Ports.shiftedBy(offset).areFree())
                .findFirst()
                .orElseThrow();
    }

    private static ServerSocket takeGatewaysPort(int offset) throws IOException {
        return new ServerSocket(Ports.shiftedBy(offset).of(Component.GATEWAY), 1, InetAddress.ofLiteral("127.0.0.1"));
    }

    private void remember(Ports ports) {
        new RunState("1", "2026-01-01T00:00:00Z", ports).write(data);
    }

    private Process pretend(Component component) throws IOException {
        var process = new ProcessBuilder("sleep", "600").start();
        started.add(process);
        data.processOf(component).write(process.toHandle());
        return process;
    }
}
