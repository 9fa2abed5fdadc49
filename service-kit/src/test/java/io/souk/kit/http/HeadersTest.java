package io.souk.kit.http;

import io.souk.kit.problem.Problem;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class HeadersTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "none",
            value = {
                "none                  | false",
                "*                     | true",
                "\"12\"                | true",
                "W/\"12\"              | true",
                "\"1\", \"12\"         | true",
                "\"1\",W/\"12\",\"3\"  | true",
                "\"1\"                 | false",
                "12                    | false",
                "\"120\"               | false",
                "W/\"120\"             | false",
                "\"                    | false",
            })
    void givenIfNoneMatch_thenAnyOfItsTagsMatchesWeakly(@Nullable String header, boolean matches) {
        assertThat(Preconditions.noneMatch(header, Preconditions.etag(12))).isEqualTo(matches);
    }

    @Test
    void givenAHugeIfNoneMatch_thenItIsNotRead() {
        assertThat(Preconditions.noneMatch("\"1\",".repeat(10_000) + "\"12\"", "\"12\""))
                .isFalse();
    }

    @Test
    void givenTheVersionThatWasSeen_thenTheChangeGoesOn_elseItsSenderLearnsThePresentState() {
        Preconditions.requireVersion(12, 12, "brand", () -> "present");

        assertThatThrownBy(() -> Preconditions.requireVersion(11, 12, "brand", () -> "present"))
                .isInstanceOfSatisfying(Problem.class, problem -> {
                    assertThat(problem.status()).isEqualTo(412);
                    assertThat(problem.detail()).isEqualTo("The brand is at version 12");
                });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "none",
            value = {
                "none                            | 0",
                "wait=5                          | 5",
                "Wait = 5                        | 5",
                "respond-async, wait=10          | 10",
                "wait=\"7\"                      | 7",
                "wait=30                         | 30",
                "wait=31                         | 30",
                "wait=99999999999999999999       | 30",
                "wait=-1                         | 0",
                "wait=x                          | 0",
                "wait                            | 0",
                "wait=                           | 0",
                "handling=lenient                | 0",
            })
    void givenPrefer_thenTheWaitIsBounded(@Nullable String header, long seconds) {
        assertThat(Prefer.of(header).waitTime()).isEqualTo(Duration.ofSeconds(seconds));
    }
}
