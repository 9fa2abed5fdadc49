package io.souk.kit.retelling;

import io.souk.kit.retelling.Plan.Part;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.stream.LongStream;

import static org.assertj.core.api.Assertions.assertThat;

class PlanTest {
    @Test
    void theLogIsReadWholeBeforeAnythingIsTold() {
        var plan = new Plan(List.of("one", "two"), 2);

        assertThat(LongStream.range(0, plan.size()).mapToObj(plan::at))
                .containsExactly(
                        new Part.Log("one", 0),
                        new Part.Log("one", 1),
                        new Part.Log("two", 0),
                        new Part.Log("two", 1),
                        new Part.Rows("one"),
                        new Part.Rows("two"),
                        new Part.Lost());
        assertThat(plan.at(plan.size())).isEqualTo(new Part.Lost());
    }
}
