package io.souk.search;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** A new folder for the index of the service under test, below the module's build folder. */
public final class IndexFolder implements QuarkusTestResourceLifecycleManager {
    @Override
    public Map<String, String> start() {
        try {
            var folder = Files.createTempDirectory(Files.createDirectories(Path.of("target")), "index-");
            return Map.of("souk.search.index-dir", folder.toAbsolutePath().toString());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** The folder goes with the build's other output. */
    @Override
    public void stop() {}
}
