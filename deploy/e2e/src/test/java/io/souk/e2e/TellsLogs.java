package io.souk.e2e;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestWatcher;

import java.util.List;

/** When a test has failed: what runs, and the end of each service's log. */
final class TellsLogs implements TestWatcher {
    private static final List<String> PROCESSES =
            List.of("kafka", "catalog", "inventory", "orders", "search", "gateway");

    @Override
    public void testFailed(ExtensionContext context, @Nullable Throwable cause) {
        var souk = Souk.stack();
        var told = new StringBuilder("%s failed: %s%n%s"
                .formatted(
                        context.getDisplayName(), cause, souk.command("status").out()));
        for (var process : PROCESSES) {
            told.append("---- ").append(process).append('\n');
            told.append(souk.command("logs", process, "-n", "40").out());
        }
        System.err.println(told);
    }
}
