package io.souk.e2e;

import io.souk.chaos.Chaos;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.PrintWriter;
import java.io.StringWriter;

import static org.assertj.core.api.Assertions.assertThat;

/** The fault suite's short version, on a stack of its own: less than a minute of faults of one seed, and every invariant. */
@Order(0) // before the others start their stack
class FaultSuiteTest {
    @Test
    @Timeout(600)
    void givenLessThanAMinuteOfFaults_whenTheEvidenceIsJudged_thenEveryPromiseIsKept() {
        var printed = new StringWriter();

        int code =
                Chaos.commandLine().setOut(new PrintWriter(printed)).execute("--minutes", "0.75", "--seed", "20260117");

        assertThat(code).as("%s", printed).isZero();
    }
}
