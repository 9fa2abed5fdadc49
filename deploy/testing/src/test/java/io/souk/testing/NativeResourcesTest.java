package io.souk.testing;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;

class NativeResourcesTest {
    @TempDir
    Path classes;

    @Test
    void givenAResourceThatNoPatternNames_thenItIsMissing() throws IOException {
        put("io/souk/Thing.class", "");
        put("io/souk/deep/down/one.lua", "");
        put("io/souk/two.json", "");
        put("application.properties", "");
        put("db/migration/V1__a.sql", "");
        assertThat(NativeResources.missing(classes)).containsExactly("io/souk/deep/down/one.lua", "io/souk/two.json");

        put(
                "META-INF/native-image/io.souk/thing/reachability-metadata.json",
                "{\"resources\": [{\"glob\": \"io/souk/**/*.lua\"}]}");
        assertThat(NativeResources.missing(classes)).containsExactly("io/souk/two.json");
    }

    private void put(String file, String text) throws IOException {
        var path = classes.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }
}
