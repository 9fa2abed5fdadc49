package io.souk.stack;

import org.junit.jupiter.api.Test;

import java.time.Duration;

import static org.assertj.core.api.Assertions.assertThat;

class ProcessIdTest {
    private static final ProcessId SELF = ProcessId.of(ProcessHandle.current());

    @Test
    void givenARunningProcess_whenItsIdIsWrittenAndRead_thenItIsFound() {
        assertThat(ProcessId.parse(SELF.toString()).find()).contains(ProcessHandle.current());
    }

    @Test
    void givenANumberThatWasGivenAgain_whenLookedUp_thenItIsAnotherProcess() {
        var earlier = new ProcessId(SELF.pid(), SELF.started().minus(Duration.ofMinutes(1)));

        assertThat(earlier.find()).isEmpty();
    }

    @Test
    void givenAProcessThatHasEnded_whenLookedUp_thenItIsGone() throws Exception {
        var process = new ProcessBuilder("sleep", "600").start();
        var id = ProcessId.of(process.toHandle());
        process.destroyForcibly().waitFor();

        assertThat(id.find()).isEmpty();
    }
}
