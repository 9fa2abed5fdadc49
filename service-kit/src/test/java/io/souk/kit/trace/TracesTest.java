package io.souk.kit.trace;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class TracesTest {
    private static final String SAMPLED = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    @Test
    void givenATraceparent_thenItIsRead() {
        var context = Traces.parse(SAMPLED);

        assertThat(context).isNotNull().satisfies(parent -> {
            assertThat(parent.getTraceId()).isEqualTo("4bf92f3577b34da6a3ce929d0e0e4736");
            assertThat(parent.getSpanId()).isEqualTo("00f067aa0ba902b7");
            assertThat(parent.isSampled()).isTrue();
            assertThat(parent.isRemote()).isTrue();
        });
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                "nonsense",
                "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
                "01-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
                "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
            })
    void givenWhatIsNone_thenItIsIgnored(@Nullable String traceparent) {
        assertThat(Traces.parse(traceparent)).isNull();
    }

    @Test
    void givenNoTrace_thenThereIsNothingToHandOn() {
        assertThat(Traces.currentTraceparent()).isNull();
        assertThat(Traces.currentTraceId()).isNull();
    }
}
