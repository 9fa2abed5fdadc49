package io.souk.cli.local;

import io.souk.stack.StackException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;

@Command(name = "logs", description = "Prints the end of a component's log.")
public final class Logs implements Callable<Integer> {
    private static final int BLOCK = 64 * 1024;
    private static final long LOOK_MILLIS = 200;

    @Parameters(
            paramLabel = "NAME",
            description = "postgres, redis, kafka, catalog, inventory, orders, search, gateway")
    private String name;

    @Option(
            names = {"-n", "--lines"},
            paramLabel = "N",
            defaultValue = "200",
            description = "So many lines; default 200.")
    private int lines;

    @Option(
            names = {"-f", "--follow"},
            description = "Goes on with what is written, until Ctrl-C.")
    private boolean follow;

    @Mixin
    private DataOption data;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        if (lines < 1) {
            throw new ParameterException(spec.commandLine(), "--lines is at least 1, not %d.".formatted(lines));
        }
        var log = data.folder().logOf(Component.named(name));
        if (!Files.exists(log)) {
            throw new StackException("There is no log of %s yet (%s).".formatted(name, log));
        }
        var out = spec.commandLine().getOut();
        try {
            long end = printEnd(log, out);
            while (follow) {
                Thread.sleep(LOOK_MILLIS);
                end = printFrom(log, end, out);
            }
        } catch (IOException e) {
            throw new StackException("The log %s cannot be read: %s.".formatted(log, e.getMessage()), e);
        }
        return 0;
    }

    /** Looks for the start of the last lines block by block from the end, so that a large log costs no more than a small one. */
    private long printEnd(Path log, PrintWriter out) throws IOException {
        try (var file = new RandomAccessFile(log.toFile(), "r")) {
            long size = file.length();
            long start = size;
            int missing = lines + 1; // the last line's own end counts too
            var block = new byte[BLOCK];
            while (start > 0 && missing > 0) {
                int length = (int) Math.min(BLOCK, start);
                file.seek(start - length);
                file.readFully(block, 0, length);
                int i = length;
                while (i > 0 && missing > 0) {
                    i--;
                    if (block[i] == '\n') {
                        missing--;
                    }
                }
                start = start - length + i + (missing == 0 ? 1 : 0);
            }
            return copy(file, start, out);
        }
    }

    /** Starts again from the beginning when the log has been renewed. */
    private static long printFrom(Path log, long from, PrintWriter out) throws IOException {
        try (var file = new RandomAccessFile(log.toFile(), "r")) {
            return copy(file, file.length() < from ? 0 : from, out);
        }
    }

    private static long copy(RandomAccessFile file, long from, PrintWriter out) throws IOException {
        file.seek(from);
        var block = new byte[BLOCK];
        int read;
        while ((read = file.read(block)) > 0) {
            out.print(new String(block, 0, read, StandardCharsets.UTF_8));
        }
        out.flush();
        return file.getFilePointer();
    }
}
