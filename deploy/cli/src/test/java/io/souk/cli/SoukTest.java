package io.souk.cli;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;

class SoukTest {
    @Test
    void givenNoCommand_thenTheUsageIsPrinted() {
        var ran = Ran.souk();

        assertThat(ran.code()).isZero();
        assertThat(ran.out())
                .contains("Usage: souk")
                .contains("up")
                .contains("load")
                .contains("token");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "up",
                "status",
                "stop",
                "start",
                "logs",
                "down",
                "token",
                "load",
                "samples",
                "build",
                "bench",
                "chaos",
                "dead-letters",
                "outbox",
                "caches",
                "retell"
            })
    void givenACommandAndHelp_thenOnlyItsUsageIsPrinted(String command) {
        var ran = Ran.souk(command, "--help");

        assertThat(ran.code()).isZero();
        assertThat(ran.out())
                .startsWith("Usage: souk " + command)
                .isEqualTo(Ran.souk("help", command).out());
        assertThat(ran.err()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "up --port-offset many              | port-offset",
                "stop                               | NAME",
                "load                               | FILE",
                "token --tenant a                   | --role",
                "token --role admin                 | tenant",
                "token --role king --tenant a       | king",
                "token --role operator --tenant a   | operator",
                "token --role admin --tenant A_B    | A_B",
                "token --role admin --tenant a --vendor v | vendor",
                "token --role admin --tenant a --ttl never | never",
                "token --role admin --tenant a --ttl 0s | 0s",
                "token --role admin --tenant a --ttl 721h | 721h",
                "logs catalog --lines x             | lines",
                "logs catalog --lines 0             | lines",
                "logs catalog search                | search",
                "load x.jsonl --rejected -1         | rejected",
                "load x.jsonl --tenant A_B          | A_B",
                "status now                         | now",
                "down --data                        | data",
                "statsu                             | status",
                "events                             | TOPIC",
                "events souk.orders.order --max 0   | --max",
                "dance                              | dance"
            })
    void givenACommandLineThatCannotBeRead_thenItSaysWhatAndEndsWith2(String line, String named) {
        var ran = Ran.souk(line.strip().split(" +"));

        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.err())
                .startsWith("souk: ")
                .contains(named)
                .contains("--help.")
                .hasLineCount(1);
        assertThat(ran.out()).isEmpty();
    }

    @Test
    void givenOptionsBehindTheNameOfABenchmark_thenTheyArePassedOnUnread() {
        var parsed = Souk.commandLine().parseArgs("bench", "startup", "--rounds", "2");

        assertThat(parsed.subcommand().matchedPositionals())
                .flatExtracting(CommandLine.Model.ArgSpec::stringValues)
                .containsExactly("startup", "--rounds", "2");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "stop catalog               | There is no stack in",
                "start catalog              | There is no stack in",
                "stop bazaar                | There is no bazaar here",
                "logs search                | There is no log of search yet",
                "token --role admin --tenant a | There is no stack in",
                "samples                    | There is no stack in",
                "events souk.orders.order   | There is no stack in",
                "up --port-offset -1        | The port offset lies between 0 and",
                "up --port-offset 60000     | The port offset lies between 0 and"
            })
    void givenSomethingInTheWay_thenOneSentenceAndExitCode1(String line, String sentence, @TempDir Path folder) {
        var ran = Ran.souk((line.strip() + " --data " + folder.resolve("none")).split(" +"));

        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.err()).startsWith("souk: " + sentence).hasLineCount(1);
        assertThat(ran.out()).isEmpty();
    }
}
