package io.souk.cli.verify;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;

class VerifyOrdersTest {
    @TempDir
    private Path temporary;

    private VerificationServer server;

    @BeforeEach
    void start() throws IOException {
        server = new VerificationServer(temporary, "/v1/orders/verifications");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void givenAllIsRight_thenEveryPartIsAskedFor_andTheirOrdersAreCounted() {
        serve("[]");

        var ran = server.verify("orders");

        assertThat(ran.code()).isZero();
        assertThat(server.asked()).containsExactly("repair=false", "repair=false&cursor=a-b_c");
        assertThat(ran.out()).contains("507 orders: 0 findings, 0 repaired");
    }

    @Test
    void givenMoneyThatIsKept_whenItIsGivenBack_thenAllIsRightNow() {
        serve("""
                [{"kind": "MONEY_KEPT", "id": "0198c5d2-0000-7000-8000-000000000000", "repaired": true,
                  "detail": "it is CANCELLED, but its payment is AUTHORISED"}]""");

        var ran = server.verify("orders", "--repair");

        assertThat(ran.code()).isZero();
        assertThat(server.asked().getFirst()).isEqualTo("repair=true");
        assertThat(ran.out())
                .containsPattern("MONEY_KEPT +0198c5d2-0000-7000-8000-000000000000: it is CANCELLED, .*\\(repaired\\)");
    }

    @Test
    void givenWhatNeedsAPerson_thenTheExitCodeSaysThatSomethingIsWrong() {
        serve("""
                [{"kind": "UNPAID", "id": "0198c5d2-0000-7000-8000-000000000000", "repaired": false, "detail": "unpaid"}]""");

        var ran = server.verify("orders", "--repair");

        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.out()).contains("1 findings, 0 repaired");
    }

    /** The findings are in the first part. */
    private void serve(String findings) {
        server.answer(
                "{\"orders\": 500, \"findings\": %s, \"next\": \"a-b_c\"}".formatted(findings),
                "{\"orders\": 7, \"findings\": [], \"next\": null}");
    }
}
