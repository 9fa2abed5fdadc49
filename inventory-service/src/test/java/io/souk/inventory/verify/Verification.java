package io.souk.inventory.verify;

import io.souk.inventory.Ledger;
import io.souk.inventory.Shop;
import io.vertx.core.json.JsonObject;

import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** The verification of a shop's stock, as its admin asks for it. */
final class Verification {
    private Verification() {}

    /** All findings, part by part. */
    static List<JsonObject> of(Shop shop, boolean repair) {
        var findings = new ArrayList<JsonObject>();
        String cursor = null;
        do {
            var request = shop.as("admin").queryParam("repair", repair);
            if (cursor != null) {
                request.queryParam("cursor", cursor);
            }
            var answer = request.post("/v1/stock/verifications");
            answer.then().statusCode(200);
            var part = new JsonObject(answer.asString());
            part.getJsonArray("findings").forEach(finding -> findings.add((JsonObject) finding));
            cursor = part.getString("next");
        } while (cursor != null);
        return findings;
    }

    /** That exactly these are found and repaired, and nothing is found afterwards. */
    static void assertRepaired(Shop shop, String... kinds) {
        assertThat(of(shop, true))
                .allSatisfy(
                        finding -> assertThat(finding.getBoolean("repaired")).isTrue())
                .extracting(finding -> finding.getString("kind"))
                .containsExactlyInAnyOrder(kinds);
        assertThat(of(shop, false)).isEmpty();
        Ledger.assertBalanced(shop.tenant());
    }
}
