package io.souk.e2e;

import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;

import static io.souk.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

/** What an operator of the local stack types. */
@Order(2)
@Timeout(600)
@ExtendWith(TellsLogs.class)
class CommandsTest {
    private final Souk souk = Souk.stack();

    @Test
    void givenARunningStack_thenItsStatusHasEveryProcessWithPortVersionAndHealth() {
        eventually(() -> {
            var status = souk.status();

            assertThat(status.path("up").asBoolean()).isTrue();
            assertThat(status.path("gateway").asText()).isEqualTo(souk.gateway().toString());
            assertThat(status.path("components")).hasSize(8).allSatisfy(component -> {
                assertThat(component.path("health").asText()).isEqualTo("UP");
                assertThat(ProcessHandle.of(component.path("pid").asLong())).isPresent();
                assertThat(component.path("port").asInt()).isPositive();
                assertThat(component.path("version").asText("")).isNotEmpty();
            });
        });
    }

    @Test
    void givenARunningStack_whenOneServiceIsStopped_thenOnlyItIsAwayUntilItIsStarted() {
        var shop = new Shop(souk);

        souk.stop("search");

        eventually(() -> {
            var stopped = souk.command("status");
            assertThat(stopped.code()).isEqualTo(1);
            assertThat(stopped.out()).containsPattern("search .* STOPPED").containsPattern("catalog .* UP");
        });
        assertThat(shop.get("/v1/search?q=x").status()).isEqualTo(503);
        eventually(() -> assertThat(shop.get("/v1/products").status()).isEqualTo(200));
        souk.start("search");
        eventually(() -> assertThat(souk.command("status").code()).isZero());
        eventually(() -> assertThat(shop.get("/v1/search?q=x").status()).isEqualTo(200));
        assertThat(souk.run("logs", "search", "-n", "5").lines()).hasSize(5);
    }

    @Test
    void givenARunningStack_whenAnotherIsStartedOnItsDataOrItsPorts_thenOneSentenceRefusesIt(@TempDir Path elsewhere) {
        var offset = Integer.toString(souk.offset());

        var sameData = souk.command("up", "--detach", "--port-offset", offset);
        var samePorts = souk.command("up", "--detach", "--port-offset", offset, "--data", elsewhere.toString());

        assertThat(sameData.code()).isEqualTo(1);
        assertThat(sameData.err()).startsWith("souk: A stack runs on").hasLineCount(1);
        assertThat(samePorts.code()).isEqualTo(1);
        assertThat(samePorts.err()).startsWith("souk: Port ").hasLineCount(1);
        eventually(() -> assertThat(souk.command("status").code()).isZero());
    }
}
