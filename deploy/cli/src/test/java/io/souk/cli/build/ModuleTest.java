package io.souk.cli.build;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;

import static org.assertj.core.api.Assertions.assertThat;

class ModuleTest {
    private static final Instant BUILT = Instant.parse("2026-01-02T00:00:00Z");

    @TempDir
    private Path root;

    private Module module;
    private Path source;

    @BeforeEach
    void prepare() throws IOException {
        source = root.resolve("catalog-service/src/main/java/A.java");
        Files.createDirectories(source.getParent());
        Files.writeString(source, "class A {}");
        Files.writeString(root.resolve("pom.xml"), "<project/>");
        Files.createDirectories(root.resolve("catalog-service/target/quarkus-app"));
        module = Module.service(root, "catalog");
    }

    @Test
    void givenNothingMade_thenItIsStale() {
        assertThat(module.isStale()).isTrue();
    }

    @Test
    void givenABuild_thenItIsFreshUntilASourceChanges() throws IOException {
        build();
        assertThat(module.isStale()).isFalse();

        Files.setLastModifiedTime(source, FileTime.from(BUILT.plusSeconds(1)));
        assertThat(module.isStale()).isTrue();
    }

    @Test
    void givenADeletedSource_thenItIsStale() throws IOException {
        build();

        Files.delete(source);

        assertThat(module.isStale()).isTrue();
    }

    @Test
    void givenAChangeInTheKit_thenItIsStale() throws IOException {
        build();

        Files.createDirectories(root.resolve("service-kit/src/main/java"));

        assertThat(module.isStale()).isTrue();
    }

    @Test
    void givenACleanedModule_thenItIsStale() throws IOException {
        build();

        Files.delete(root.resolve("catalog-service/target/quarkus-app/quarkus-run.jar"));

        assertThat(module.isStale()).isTrue();
    }

    private void build() throws IOException {
        Files.writeString(root.resolve("catalog-service/target/quarkus-app/quarkus-run.jar"), "");
        try (var sources = Files.walk(root.resolve("catalog-service/src"))) {
            for (var path : sources.toList()) {
                Files.setLastModifiedTime(path, FileTime.from(BUILT.minusSeconds(60)));
            }
        }
        Files.setLastModifiedTime(root.resolve("pom.xml"), FileTime.from(BUILT.minusSeconds(60)));
        module.built(BUILT);
    }
}
