package io.souk.cli.local;

import io.souk.stack.StackException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class DataFolderTest {
    @TempDir
    private Path temporary;

    @Test
    void givenAFolderWithOtherThings_thenItIsLeftAlone() throws IOException {
        var other = Files.writeString(temporary.resolve("thesis.txt"), "dear");
        var data = new DataFolder(temporary);

        assertThatExceptionOfType(StackException.class)
                .isThrownBy(data::prepare)
                .withMessageContaining("holds other things");
        data.empty();
        assertThat(other).exists();
    }

    @Test
    void givenTooLittleRoom_thenItSaysHowMuchIsMissing() {
        var data = new DataFolder(temporary.resolve("data"));

        assertThatExceptionOfType(StackException.class)
                .isThrownBy(() -> data.prepare(Long.MAX_VALUE))
                .withMessageContaining("There is no room in")
                .withMessageContaining("MiB are free");
    }

    @Test
    void givenAPathThatIsAFile_thenItSaysSo() throws IOException {
        var data =
                new DataFolder(Files.writeString(temporary.resolve("file"), "x").resolve("data"));

        assertThatExceptionOfType(StackException.class)
                .isThrownBy(data::prepare)
                .withMessageContaining("cannot be used");
    }

    @Test
    void givenOneCommandAtWork_thenTheNextIsRefusedUntilItEnds() {
        var data = new DataFolder(temporary.resolve("data"));
        data.prepare();

        try (var _ = data.lock()) {
            assertThatExceptionOfType(StackException.class)
                    .isThrownBy(data::lock)
                    .withMessageContaining("Another souk command");
        }
        data.lock().close();
    }

    @Test
    void givenData_whenEmptied_thenTheServersStartAnewAndWhatIsNotOursStays() throws IOException {
        var data = new DataFolder(temporary.resolve("data"));
        data.prepare();
        Files.createDirectories(data.of(Component.POSTGRES).resolve("base"));
        Files.writeString(data.logOf(Component.KAFKA), "x");
        Files.writeString(data.samplesMark(), "");
        data.issuer();
        var note = Files.writeString(data.path().resolve("note.txt"), "mine");

        data.empty();

        assertThat(data.of(Component.POSTGRES)).doesNotExist();
        assertThat(data.logOf(Component.KAFKA)).doesNotExist();
        assertThat(data.samplesMark()).doesNotExist();
        assertThat(data.issuerFolder()).doesNotExist();
        assertThat(note).exists();
        assertThat(data.exists()).isTrue();
    }

    @Test
    void givenAPasswordFile_thenItIsMadeOnceAndForItsOwnerOnly() throws IOException {
        var file = temporary.resolve("passwords.properties");

        var first = Passwords.in(file);

        assertThat(first.byRole()).containsKeys("catalog_owner", "catalog_app", "search_worker");
        assertThat(Passwords.in(file)).isEqualTo(first);
        assertThat(Files.getPosixFilePermissions(file)).hasToString("[OWNER_READ, OWNER_WRITE]");
    }
}
