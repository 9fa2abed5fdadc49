package io.souk.bench.process;

import io.souk.stack.StackException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.stream.LongStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@EnabledOnOs(OS.LINUX)
class ProcessFactsTest {
    private static final ProcessHandle SELF = ProcessHandle.current();

    @Test
    void givenThisProcess_whenItComputes_thenItsCpuTimeGrowsWithIt() {
        var before = ProcessFacts.cpuTime(SELF.pid());
        var thread = ManagementFactory.getThreadMXBean();
        long until = thread.getCurrentThreadCpuTime() + Duration.ofMillis(200).toNanos();

        long sum = 0;
        while (thread.getCurrentThreadCpuTime() < until) {
            sum += LongStream.range(0, 10_000).sum();
        }

        assertThat(sum).isPositive();
        assertThat(ProcessFacts.cpuTime(SELF.pid()).minus(before)).isGreaterThanOrEqualTo(Duration.ofMillis(180));
    }

    @Test
    void givenThisProcess_whenAskedForItsHeap_thenItIsTheOneOnItsCommandLine() {
        var line = ProcessFacts.commandLine(SELF.pid());

        assertThat(ProcessFacts.maxHeap(SELF).map(size -> "-Xmx" + size))
                .hasValueSatisfying(option -> assertThat(line).contains(option));
    }

    @Test
    void givenAProcessThatIsNotThere_whenAsked_thenOneSentenceSaysSo() {
        assertThatExceptionOfType(StackException.class)
                .isThrownBy(() -> ProcessFacts.cpuTime(Integer.MAX_VALUE))
                .withMessageContaining("cannot be read");
    }
}
