package io.souk.chaos.fleet;

import io.souk.stack.FreePort;
import io.souk.stack.ServerCommand;
import io.souk.stack.StopSignal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/** With a shell that starts a child, writes its own number into a file, and waits. */
@Timeout(300)
class NodeTest {
    @TempDir
    Path folder;

    private final Node node = new Node("shell", this::shell);

    private ServerCommand shell() {
        return new ServerCommand(
                "shell",
                List.of("/bin/sh", "-c", "sleep 600 & echo $$ > pid.new; mv pid.new pid; wait"),
                Map.of(),
                folder,
                FreePort.next(),
                folder.resolve("log"),
                StopSignal.TERMINATE,
                () -> Files.exists(folder.resolve("pid")));
    }

    private ProcessHandle started() throws IOException {
        node.start();
        var pid = Files.readString(folder.resolve("pid")).strip();
        Files.delete(folder.resolve("pid"));
        return ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
    }

    @AfterEach
    void kill() {
        node.kill();
    }

    @Test
    void givenAProcess_whenItIsKilled_thenItAndItsChildrenAreGone() throws IOException {
        var process = started();
        var family = process.descendants().toList();

        node.kill();

        assertThat(family).isNotEmpty().noneMatch(ProcessHandle::isAlive);
        assertThat(process.isAlive()).isFalse();
        assertThat(node.hasEndedByItself()).isFalse();
    }

    @Test
    void givenAProcess_whenItEndsByItself_thenThatIsKnownUntilItIsStartedAgain() throws IOException {
        var process = started();
        assertThat(node.hasEndedByItself()).isFalse();

        process.destroyForcibly();
        process.onExit().join();
        assertThat(node.hasEndedByItself()).isTrue();

        started();
        assertThat(node.hasEndedByItself()).isFalse();
    }

    @Test
    void givenAFrozenProcess_whenItIsKilled_thenItIsGoneAllTheSame() throws IOException {
        var process = started();
        node.freeze();

        node.kill();

        assertThat(process.isAlive()).isFalse();
    }
}
