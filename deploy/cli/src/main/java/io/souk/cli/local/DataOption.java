package io.souk.cli.local;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

import java.nio.file.Path;

/** {@code --data}, which every command that touches a stack knows. */
public final class DataOption {
    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Where the stack keeps its data; default: souk/data in your cache folder.",
            defaultValue = "${env:SOUK_DATA}")
    private @Nullable Path data;

    public DataFolder folder() {
        return DataFolder.of(data == null || data.toString().isEmpty() ? null : data);
    }
}
