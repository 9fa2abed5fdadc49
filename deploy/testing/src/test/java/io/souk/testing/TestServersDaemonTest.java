package io.souk.testing;

import io.souk.stack.ProcessId;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import static io.souk.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

class TestServersDaemonTest {
    /** What a test JVM of another module does first. */
    static final class Join {
        private Join() {}

        public static void main(String[] arguments) throws IOException {
            var space = Space.own();
            Files.writeString(
                    Path.of(arguments[0]), space.servers().daemon() + " " + space.number(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void givenServersOfThisBuild_whenAnotherTestJvmJoins_thenItSharesThemInASpaceOfItsOwn() throws Exception {
        var own = Space.own();
        var answer = Files.createTempFile("joined", ".txt");

        int exit = java(Join.class, answer.toString()).waitFor();

        assertThat(exit).isZero();
        var joined = Files.readString(answer).split(" ", 2);
        assertThat(joined[0]).isEqualTo(own.servers().daemon().toString());
        assertThat(Integer.parseInt(joined[1])).isGreaterThan(own.number());
    }

    @Test
    void givenABuildThatIsKilled_whenItsServersNotice_thenNothingOfThemIsLeft() throws Exception {
        var build = sleeper();
        var folder = new Build(ProcessId.of(build.toHandle())).folder();
        var servers = Space.startDaemon(new Build(ProcessId.of(build.toHandle())));
        var processes = processes(folder);
        assertThat(processes).hasSize(3).allMatch(process -> process.find().isPresent());

        build.destroyForcibly();

        eventually(
                Duration.ofMinutes(2), () -> assertThat(servers.daemon().find()).isEmpty());
        assertThat(processes).allMatch(process -> process.find().isEmpty());
        assertThat(folder).doesNotExist();
    }

    @Test
    void givenAKilledDaemon_whenTheBuildNeedsItsServersAgain_thenTheOldOnesGiveWayToNewOnes() throws Exception {
        var process = sleeper();
        var build = new Build(ProcessId.of(process.toHandle()));
        var killed = Space.startDaemon(build);
        var orphans = processes(build.folder());
        killed.daemon().find().ifPresent(ProcessHandle::destroyForcibly);
        eventually(
                Duration.ofMinutes(2),
                () -> assertThat(TestServers.find(build.folder())).isEmpty());

        var servers = Space.startDaemon(build);

        assertThat(orphans).allMatch(orphan -> orphan.find().isEmpty());
        assertThat(servers.daemon().find()).isPresent();
        process.destroyForcibly();
        eventually(
                Duration.ofMinutes(2), () -> assertThat(servers.daemon().find()).isEmpty());
    }

    @Test
    void givenABuildThatEndedWithItsDaemon_whenLeftoversAreRemoved_thenOnlyItsAreGone() throws Exception {
        var running = Space.own().buildFolder();
        var left = sleeper();
        var over = new Build(new ProcessId(left.pid(), Instant.EPOCH)).folder();
        new Processes(over).add(left);

        Leftovers.remove(Build.root());

        assertThat(left.isAlive()).isFalse();
        assertThat(over).doesNotExist();
        assertThat(TestServers.find(running)).isPresent();
    }

    private static Process sleeper() throws IOException {
        return new ProcessBuilder("/bin/sh", "-c", "exec sleep 600").start();
    }

    private static List<ProcessId> processes(Path folder) {
        try (var files = Files.list(folder.resolve("processes"))) {
            return files.map(file -> ProcessId.parse(String.valueOf(file.getFileName())))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("listing " + folder, e);
        }
    }

    private static Process java(Class<?> main, String argument) throws IOException {
        var program = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return new ProcessBuilder(
                        program, "-Xmx64m", "-cp", System.getProperty("java.class.path"), main.getName(), argument)
                .inheritIO()
                .start();
    }
}
