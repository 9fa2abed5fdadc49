package io.souk.cli.verify;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;

class VerifyInventoryTest {
    @TempDir
    private Path temporary;

    private VerificationServer server;

    @BeforeEach
    void start() throws IOException {
        server = new VerificationServer(temporary, "/v1/stock/verifications");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void givenAllIsRight_thenEveryPartIsAskedFor_andItSaysSo() {
        serve("[]");

        var ran = server.verify("inventory");

        assertThat(ran.code()).isZero();
        assertThat(server.asked()).containsExactly("repair=false", "repair=false&cursor=a-b_c");
        assertThat(ran.out()).contains("3 levels, 2 reservations, 4 purchases: 0 findings, 0 repaired");
    }

    @Test
    void givenAFinding_thenItIsPrinted_andTheExitCodeSaysThatSomethingIsWrong() {
        serve("""
                [{"kind": "ON_HAND", "id": "0198c5d2-0000-7000-8000-000000000000", "sku": "S", "recorded": 5, "proven": 4,
                  "repaired": false, "detail": "5 units on hand, but the ledger has 4"}]""");

        var ran = server.verify("inventory");

        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.out())
                .containsPattern("ON_HAND +0198c5d2-0000-7000-8000-000000000000 S: 5 units on hand")
                .contains("1 findings, 0 repaired");
    }

    @Test
    void givenWhatIsFoundIsRepaired_thenAllIsRightNow() {
        serve("""
                [{"kind": "RESERVED", "id": "0198c5d2-0000-7000-8000-000000000000", "sku": "S", "recorded": 5, "proven": 4,
                  "repaired": true, "detail": "5 units reserved"}]""");

        var ran = server.verify("inventory", "--repair");

        assertThat(ran.code()).isZero();
        assertThat(server.asked().getFirst()).isEqualTo("repair=true");
        assertThat(ran.out()).contains("(repaired)");
    }

    @Test
    void givenARefusal_thenItsReasonIsTheSentence() {
        server.refuse(403, "{\"title\": \"The token does not allow this\"}");

        var ran = server.verify("inventory");

        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.err()).contains("The inventory cannot be verified: HTTP 403, The token does not allow this");
    }

    /** The findings are in the first part. */
    private void serve(String findings) {
        server.answer(
                "{\"levels\": 3, \"reservations\": 0, \"purchases\": 0, \"findings\": %s, \"next\": \"a-b_c\"}"
                        .formatted(findings),
                "{\"levels\": 0, \"reservations\": 2, \"purchases\": 4, \"findings\": [], \"next\": null}");
    }
}
