package io.souk.e2e;

import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;

import static io.souk.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

/** The last one: it stops the stack, and brings it back in the foreground. */
@Order(Integer.MAX_VALUE)
@Timeout(900)
@ExtendWith(TellsLogs.class)
class EndTest {
    private final Souk souk = Souk.stack();

    @Test
    void givenAStack_whenItIsStoppedAndStartedAgain_thenNothingRunsInBetweenNothingIsLostAndASignalEndsItAll(
            @TempDir Path folder) throws Exception {
        var shop = new Shop(souk);
        var id = shop.sell("KNISH-" + shop.tenant(), null, "Knish", 500);
        var before = processes();

        souk.run("down");

        assertThat(before).hasSize(8).noneMatch(ProcessHandle::isAlive);
        assertThat(souk.allPortsAreFree()).isTrue();

        var out = folder.resolve("out");
        var up = souk.started(out, folder.resolve("err"), "up", "--port-offset", Integer.toString(souk.offset()));
        eventually(Duration.ofMinutes(5), () -> assertThat(text(out)).contains("Ctrl-C stops everything."));
        assertThat(shop.card(id).at("/product/name").asText()).isEqualTo("Knish");
        var again = processes();

        up.destroy();

        assertThat(up.waitFor(180, TimeUnit.SECONDS)).isTrue();
        assertThat(again).hasSize(8).noneMatch(ProcessHandle::isAlive);
        assertThat(souk.allPortsAreFree()).isTrue();
    }

    private List<ProcessHandle> processes() {
        return StreamSupport.stream(souk.status().path("components").spliterator(), false)
                .flatMap(component -> ProcessHandle.of(component.path("pid").asLong()).stream())
                .toList();
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new AssertionError(unreadable);
        }
    }
}
