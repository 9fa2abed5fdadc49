package io.souk.stack;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;

class ClassArchiveTest {
    @TempDir
    Path home;

    @Test
    void givenJarsOnly_whenTheyChange_thenTheArchiveIsAnother() {
        var archive = ClassArchive.options(home, "kafka", "/lib/a.jar:/lib/b.jar");

        assertThat(archive).contains("-XX:+AutoCreateSharedArchive");
        assertThat(ClassArchive.options(home, "kafka", "/lib/a.jar:/lib/b.jar")).isEqualTo(archive);
        assertThat(ClassArchive.options(home, "kafka", "/lib/a.jar")).isNotEqualTo(archive);
    }

    /** The last entry of the third is empty, which is the working folder. */
    @ParameterizedTest
    @ValueSource(strings = {"/build/classes", "/lib/a.jar:/build/classes", "/lib/a.jar:"})
    void givenAFolderAmongTheJars_whenAsked_thenThereIsNoArchive(String classPath) {
        assertThat(ClassArchive.options(home, "kafka", classPath)).isEmpty();
    }
}
