package io.souk.cli.load;

import io.souk.cli.Http;
import io.souk.cli.local.Component;
import io.souk.cli.local.DataOption;
import io.souk.cli.local.RunState;
import io.souk.cli.token.Token;
import io.souk.stack.StackException;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;

@Command(
        name = "load",
        description = "Loads a file of JSON lines (.gz too) into the catalogue and says what became of each row.")
public final class Load implements Callable<Integer> {
    private static final Duration TOKEN_LIFETIME = Duration.ofHours(2);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final long LOOK_MILLIS = 250;

    @Parameters(paramLabel = "FILE", description = "One JSON object a line; gzipped or not.")
    private Path file;

    @Option(names = "--tenant", paramLabel = "T", defaultValue = "demo", description = "Whose products; default: demo.")
    private String tenant;

    @Option(
            names = "--mapping",
            paramLabel = "NAME",
            description = "How rows become products, such as openfoodfacts; without one they are products already.")
    private @Nullable String mapping;

    @Option(
            names = "--rejected",
            paramLabel = "N",
            defaultValue = "20",
            description = "Print the first N rejected rows; default 20.")
    private int mostRejected;

    @Option(names = "--no-progress", description = "No progress bars.")
    private boolean noProgress;

    @Mixin
    private DataOption data;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        if (mostRejected < 0) {
            throw new ParameterException(
                    spec.commandLine(), "--rejected is at least 0, not %d.".formatted(mostRejected));
        }
        Token.requireTenant(spec, tenant);
        long bytes = size();
        var folder = data.folder();
        var state = RunState.of(folder);
        var gateway = URI.create(state.ports().url(Component.GATEWAY));
        var imports = new ImportClient(new Http(), gateway, Token.ofAdmin(folder, tenant, TOKEN_LIFETIME), PATIENCE);
        long started = System.nanoTime();
        var job = upload(imports, bytes);
        var over = follow(imports, job);
        return report(imports, over, (System.nanoTime() - started) / 1e9);
    }

    /** Of a file that can be sent; throws a sentence for any other. */
    private long size() {
        if (!Files.exists(file)) {
            throw new StackException("There is no file %s.".formatted(file));
        }
        if (!Files.isRegularFile(file)) {
            throw new StackException("%s is not a file.".formatted(file));
        }
        if (!Files.isReadable(file)) {
            throw new StackException("You may not read the file %s.".formatted(file));
        }
        try {
            long bytes = Files.size(file);
            if (bytes == 0) {
                throw new StackException("%s has no rows.".formatted(file));
            }
            if (file.toString().endsWith(".gz") && !ImportClient.isGzip(file)) {
                throw new StackException("%s is not compressed by gzip, although its name says so.".formatted(file));
            }
            return bytes;
        } catch (IOException e) {
            throw new StackException("The file %s cannot be read: %s.".formatted(file, e.getMessage()), e);
        }
    }

    private ImportClient.Progress upload(ImportClient imports, long bytes) {
        if (noProgress) {
            return imports.send(file, mapping, _ -> {});
        }
        try (var bar = bar("Sending", Math.max(1, bytes), " KiB", 1024)) {
            return imports.send(file, mapping, bar::stepTo);
        }
    }

    private ImportClient.Progress follow(ImportClient imports, ImportClient.Progress job) throws InterruptedException {
        if (noProgress) {
            return follow(imports, job, null);
        }
        try (var bar = bar("Storing", job.total() == null ? -1 : job.total(), " rows", 1)) {
            return follow(imports, job, bar);
        }
    }

    private static ImportClient.Progress follow(
            ImportClient imports, ImportClient.Progress job, @Nullable ProgressBar bar) throws InterruptedException {
        var latest = job;
        while (true) {
            if (bar != null) {
                if (latest.total() != null) {
                    bar.maxHint(latest.total());
                }
                bar.stepTo(latest.done());
            }
            if (latest.isOver()) {
                return latest;
            }
            Thread.sleep(LOOK_MILLIS);
            latest = imports.find(job.id());
        }
    }

    private int report(ImportClient imports, ImportClient.Progress over, double seconds) {
        var out = spec.commandLine().getOut();
        over.counts().forEach((outcome, count) -> out.printf("%-12s %8d%n", outcome, count));
        out.printf("import %s, %.1f s%n", over.id(), seconds);
        long rejected = over.counts().getOrDefault("rejected", 0L);
        if (rejected > 0 && mostRejected > 0) {
            out.println("Rejected:");
            imports.rejected(over.id(), mostRejected)
                    .forEach(row -> out.printf("  line %d: %s%n", row.line(), row.reason()));
            if (rejected > mostRejected) {
                out.printf(
                        "  and %d more: /v1/imports/%s/records?outcome=REJECTED%n", rejected - mostRejected, over.id());
            }
        }
        out.flush();
        if (!over.state().equals("SUCCEEDED")) {
            throw new StackException("The import %s failed: %s."
                    .formatted(over.id(), over.failure() == null ? "no reason was given" : over.failure()));
        }
        return 0;
    }

    private static ProgressBar bar(String what, long max, String unit, long unitSize) {
        return new ProgressBarBuilder()
                .setTaskName(what)
                .setInitialMax(max)
                .setUnit(unit, unitSize)
                .setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(200)
                .showSpeed()
                .build();
    }
}
