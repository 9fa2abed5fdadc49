package io.souk.e2e;

import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.concurrent.TimeUnit;

/** A server is away for half a minute, or a service is killed, in the middle of an import and of orders. */
@Order(3)
@Timeout(900)
@ExtendWith(TellsLogs.class)
class OutageTest {
    private static final int OUTAGE_SECONDS = 30;

    /** Twelve chunks: enough for the fault to begin in between. */
    private static final int ROWS = 6_000;

    private final Souk souk = Souk.stack();

    @ParameterizedTest
    @ValueSource(strings = {"redis", "kafka"})
    void givenAnImportAndOrders_whenAServerIsAwayForHalfAMinute_thenReadsGoOnAndNothingIsLost(String server)
            throws InterruptedException {
        var trade = new Trade(souk, ROWS);

        trade.goesOnDuring(() -> {
            souk.stop(server);
            TimeUnit.SECONDS.sleep(OUTAGE_SECONDS);
            souk.start(server);
        });

        trade.wasReadThroughout();
        trade.addsUp();
    }

    @ParameterizedTest
    @ValueSource(strings = {"inventory", "orders", "search"})
    void givenAnImportAndOrders_whenAServiceIsKilledAndStartedAgain_thenReadsGoOnAndNothingIsLost(String service)
            throws InterruptedException {
        var trade = killedDuring(service);

        trade.wasReadThroughout();
        trade.addsUp();
    }

    /** It alone answers reads of cards, so these fail while it is away. */
    @Test
    void givenAnImportAndOrders_whenTheCatalogueIsKilledAndStartedAgain_thenNothingIsLost()
            throws InterruptedException {
        killedDuring("catalog").addsUp();
    }

    /** SIGKILL: no chance to finish anything. */
    private Trade killedDuring(String service) throws InterruptedException {
        var trade = new Trade(souk, ROWS);
        var process = souk.process(service);

        trade.goesOnDuring(() -> {
            process.destroyForcibly();
            process.onExit().orTimeout(60, TimeUnit.SECONDS).join();
            souk.start(service);
        });

        return trade;
    }
}
