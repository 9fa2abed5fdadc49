package io.souk.cli.local;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;

class ProcessFileTest {
    @TempDir
    private Path folder;

    private ProcessFile file;

    @BeforeEach
    void prepare() {
        file = new ProcessFile(folder.resolve("catalog.pid"));
    }

    @Test
    void givenALivingProcess_thenItIsFound() {
        file.write(ProcessHandle.current());

        assertThat(file.running()).contains(ProcessHandle.current());
    }

    @Test
    void givenAProcessThatEnded_thenThereIsNone() throws Exception {
        var process = new ProcessBuilder("true").start();
        file.write(process.toHandle());
        process.waitFor();

        assertThat(file.running()).isEmpty();
    }

    @Test
    void givenANumberThatSomebodyElseHasNow_thenItIsNotOurs() throws IOException {
        Files.writeString(file.file(), ProcessHandle.current().pid() + "@1970-01-01T00:16:40Z\n");

        assertThat(file.running()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "12",
                "12@",
                "@",
                "a@2026-01-01T00:00:00Z",
                "1@2@3",
                "1@yesterday",
                "-1@2026-01-01T00:00:00Z",
                "99999999999999999999@2026-01-01T00:00:00Z"
            })
    void givenAFileThatIsNoneOfOurs_thenThereIsNone(String content) throws IOException {
        Files.writeString(file.file(), content);

        assertThat(file.running()).isEmpty();
    }

    @Test
    void givenNoFile_thenThereIsNone() {
        assertThat(file.running()).isEmpty();
    }
}
