package io.souk.cli.local;

import io.souk.cli.Installation;
import io.souk.cli.Ran;
import io.souk.stack.CacheFolder;
import io.souk.stack.Folders;
import io.souk.stack.Signals;
import io.souk.stack.StackException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** The real servers, started by the command line's own means. */
class ServersStatusTest {
    private static final Pattern ALL_UP = Pattern.compile("(?s)( UP.*){3}");

    private Path folder;
    private DataFolder data;
    private LocalStack stack;

    @BeforeEach
    void prepare() throws IOException {
        Folders.make(CacheFolder.ofUser());
        folder = Files.createTempDirectory(CacheFolder.ofUser(), "status-test");
        Files.setPosixFilePermissions(folder, java.nio.file.attribute.PosixFilePermissions.fromString("rwxr-xr-x"));
        data = new DataFolder(folder.resolve("data"));
        data.prepare();
        stack = LocalStack.of(new Installation(folder), data, Ports.free());
        stack.remember();
    }

    @AfterEach
    void clean() throws IOException {
        stack.stopAll(_ -> {});
        Folders.delete(folder);
    }

    @Test
    void givenServersThatAnswer_thenTheyAreUp_andWhenFrozenNotReady() {
        for (var server : Component.servers()) {
            stack.start(server, _ -> {});
        }
        // a busy machine's server may be slow to say that it is up
        assertThat(Ran.soukUntil(ALL_UP, "status", "--data", data.path().toString())
                        .out())
                .containsPattern("postgres .* 18 .* UP")
                .containsPattern("redis .* 7[.]0[.]\\d+ .* UP")
                .containsPattern("kafka .* 4[.]\\d+[.]\\d+ .* UP");

        Component.servers().forEach(server -> Signals.freeze(process(server)));
        try {
            assertThat(status())
                    .containsPattern("postgres .* NOT_READY")
                    .containsPattern("redis .* NOT_READY")
                    .containsPattern("kafka .* NOT_READY");
        } finally {
            Component.servers().forEach(server -> Signals.thaw(process(server)));
        }
    }

    @Test
    void givenAProcessFileThatCannotBeWritten_thenTheProcessThatNobodyWouldFindIsStopped() throws IOException {
        Files.createDirectory(folder.resolve("data/run/redis.pid.new"));

        assertThatExceptionOfType(StackException.class)
                .isThrownBy(() -> stack.start(Component.REDIS, _ -> {}))
                .withMessageContaining("cannot be written");

        int port = stack.ports().of(Component.REDIS);
        assertThat(ProcessHandle.current().children())
                .noneMatch(child -> child.info()
                        .arguments()
                        .map(arguments -> java.util.List.of(arguments).contains(Integer.toString(port)))
                        .orElse(false));
    }

    private ProcessHandle process(Component component) {
        return stack.running(component).orElseThrow();
    }

    private String status() {
        return Ran.souk("status", "--data", data.path().toString()).out();
    }
}
