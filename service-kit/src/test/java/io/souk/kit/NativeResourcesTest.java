package io.souk.kit;

import io.souk.testing.NativeResources;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;

class NativeResourcesTest {
    @Test
    void givenTheKitsResources_thenANativeImageHasThem() throws IOException {
        assertThat(NativeResources.missing(Path.of("target", "classes"))).isEmpty();
    }
}
