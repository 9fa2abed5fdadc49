package io.souk.chaos.harvest;

import io.souk.chaos.evidence.Trade.Approved;
import io.souk.chaos.evidence.Trade.Call;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;

class BooksTest {
    @TempDir
    Path folder;

    @Test
    void givenTheProvidersBook_whenRead_thenEachLineIsACall() throws IOException {
        var book = folder.resolve("book.jsonl");
        Files.writeString(book, """
                {"kind":"AUTHORISE","payment":"p","amount":4599,"at":"2026-01-17T10:15:30Z"}
                {"kind":"CAPTURE","payment":"p","movement":"m","amount":99,"at":"2026-01-17T10:15:31Z"}
                {"kind":"VOID","payment":"p","at":"2026-01-17T10:15:32Z"}
                """);

        assertThat(Books.ofProvider(book))
                .containsExactly(
                        new Approved(Call.AUTHORISE, "p", null, 4_599L),
                        new Approved(Call.CAPTURE, "p", "m", 99L),
                        new Approved(Call.VOID, "p", null, null));
    }

    @Test
    void givenAProviderThatHasDoneNothing_whenItsBookIsRead_thenNothingIsThere() {
        assertThat(Books.ofProvider(folder.resolve("none.jsonl"))).isEmpty();
    }
}
