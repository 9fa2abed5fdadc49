package io.souk.stack;

import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

import java.io.IOException;
import java.nio.file.Path;
import java.util.UUID;

/** A folder for one test class, where PostgreSQL may enter; JUnit's own temporary folders are closed to other users. */
final class TestFolder implements BeforeAllCallback, AfterAllCallback {
    private final Path folder = CacheFolder.ofUser().resolve("stack-test-" + UUID.randomUUID());

    Path resolve(String name) {
        return folder.resolve(name);
    }

    @Override
    public void beforeAll(ExtensionContext context) throws IOException {
        Folders.make(folder);
    }

    @Override
    public void afterAll(ExtensionContext context) throws IOException {
        Folders.delete(folder);
    }
}
