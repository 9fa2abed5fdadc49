package io.souk.cli.build;

import io.souk.cli.Installation;
import io.souk.stack.ProcessId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

import static org.assertj.core.api.Assertions.assertThat;

class TrainingFolderTest {
    private static final ProcessId SELF = ProcessId.of(ProcessHandle.current());

    @TempDir
    private Path cache;

    @Test
    void givenATrainingWhoseProcessWasKilled_whenSwept_thenItsProcessesAreStoppedAndItsDataGone() throws Exception {
        var left = TrainingFolder.of(cache, killed());
        var catalog = pretend(left);
        try {
            TrainingFolder.sweep(new Installation(cache), cache);

            assertThat(catalog.waitFor(Duration.ofMinutes(1))).isTrue();
            assertThat(left.path()).doesNotExist();
        } finally {
            catalog.destroyForcibly();
        }
    }

    @Test
    void givenATrainingThatRuns_whenSwept_thenItStays() throws Exception {
        var running = TrainingFolder.ofThisProcess(cache);
        var catalog = pretend(running);
        try {
            TrainingFolder.sweep(new Installation(cache), cache);

            assertThat(catalog.isAlive()).isTrue();
            assertThat(running.data().exists()).isTrue();
        } finally {
            catalog.destroyForcibly();
        }
    }

    @Test
    void givenOtherThingsInTheCache_whenSwept_thenTheyStay() throws IOException {
        var data = Files.createDirectories(cache.resolve("data"));
        var other = Files.createDirectories(cache.resolve("training-notes"));

        TrainingFolder.sweep(new Installation(cache), cache);
        TrainingFolder.sweep(new Installation(cache), cache.resolve("not-there"));

        assertThat(data).exists();
        assertThat(other).exists();
    }

    private static ProcessId killed() {
        return new ProcessId(SELF.pid(), SELF.started().minus(Duration.ofHours(1)));
    }

    private static Process pretend(TrainingFolder folder) throws IOException {
        folder.data().prepare();
        var process = new ProcessBuilder("sleep", "600").start();
        Files.writeString(folder.path().resolve("data/run/catalog.pid"), ProcessId.of(process.toHandle()) + "\n");
        return process;
    }
}
