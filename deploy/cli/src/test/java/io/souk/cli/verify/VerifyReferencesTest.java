package io.souk.cli.verify;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;

class VerifyReferencesTest {
    @TempDir
    private Path temporary;

    private VerificationServer server;

    @BeforeEach
    void start() throws IOException {
        server = new VerificationServer(temporary, "/v1/orders/reference-verifications");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void givenEverythingIsThere_thenEveryPartIsAskedFor_andWhatWasLookedUpIsCounted() {
        serve("[]");

        var ran = server.verify("references");

        assertThat(ran.code()).isZero();
        assertThat(server.asked()).containsExactly("", "cursor=a-b_c", "", "");
        assertThat(ran.out()).contains("26 orders, 44 references, 0 reservations: 0 findings, 0 repaired");
    }

    @Test
    void givenADeletedVariant_thenItIsPrintedWithItsSku_andTheExitCodeSaysThatSomethingIsWrong() {
        serve("""
                [{"kind": "NO_VARIANT", "id": "0198c5d2-0000-7000-8000-000000000000", "sku": "S", "detail": "line 0 is about it"}]""");

        var ran = server.verify("references");

        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.out()).containsPattern("NO_VARIANT +0198c5d2-0000-7000-8000-000000000000 S: line 0");
    }

    @Test
    void givenGoodsWhoseVariantIsGone_thenItIsPrintedBehindWhatOrdersMiss() {
        serve("[]", """
                [{"kind": "NO_VARIANT", "id": "0198c5d2-0000-7000-8000-000000000001", "sku": null, "detail": "5 units are on hand of it"}]""");

        var ran = server.verify("references");

        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.out()).containsPattern("NO_VARIANT +0198c5d2-0000-7000-8000-000000000001: 5 units");
    }

    @Test
    void givenReservationsAndConfirmedOrders_thenEachServiceJudgesWhatTheOtherSays() {
        server.answer(
                "{\"orders\": 2, \"findings\": [], \"confirmed\": [\"one\", \"two\"], \"next\": null}",
                "never asked for");
        server.answerAt("/v1/stock/reference-verifications", "{\"findings\": [], \"next\": null}");
        server.answerAt("/v1/reservations/order-verifications", """
                {"confirmed": 2, "findings": [{"kind": "NOT_HELD", "id": "two", "sku": null, "detail": "nothing is held"}]}""");
        server.answerAt("/v1/reservations/reference-verifications", """
                {"reservations": [{"id": "r", "orderId": "three", "status": "CONFIRMED"}], "next": null}""");
        server.answerAt("/v1/orders/reservation-verifications", """
                {"reservations": 1, "findings": [{"kind": "NO_ORDER", "id": "three", "sku": null, "detail": "there is none"}]}""");

        var ran = server.verify("references");

        assertThat(server.sentTo("/v1/reservations/order-verifications"))
                .isEqualTo("{\"confirmed\":[\"one\",\"two\"]}");
        assertThat(server.sentTo("/v1/orders/reservation-verifications"))
                .isEqualTo("{\"reservations\":[{\"id\":\"r\",\"orderId\":\"three\",\"status\":\"CONFIRMED\"}]}");
        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.out())
                .containsPattern("NOT_HELD +two: nothing is held")
                .containsPattern("NO_ORDER +three: there is none")
                .contains("2 orders, 0 references, 1 reservations: 2 findings, 0 repaired");
    }

    @Test
    void givenAWishToRepair_thenThereIsNoSuchOption() {
        assertThat(server.verify("references", "--repair").code()).isEqualTo(2);
    }

    /** The findings are in the first part. */
    private void serve(String findings) {
        serve(findings, "[]");
    }

    private void serve(String findings, String ofStock) {
        server.answer(
                "{\"orders\": 25, \"references\": 40, \"findings\": %s, \"next\": \"a-b_c\"}".formatted(findings),
                "{\"orders\": 1, \"references\": 1, \"findings\": [], \"next\": null}");
        server.answerAt(
                "/v1/stock/reference-verifications",
                "{\"references\": 3, \"findings\": %s, \"next\": null}".formatted(ofStock));
        server.answerAt("/v1/reservations/reference-verifications", "{\"reservations\": [], \"next\": null}");
    }
}
