package io.souk.orders;

import io.souk.testing.Database;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

import static org.assertj.core.api.Assertions.assertThat;

/** Customers who were there before e-mails had keys: V0114, run upon a table of their kind beside the service's own. */
@OrdersTest
class EmailKeysTest {
    private static final String MIGRATION = "/db/migration/V0114__key_emails_so_far.sql";

    @Test
    void givenMoreEmailsThanOneBatch_whenTheirKeysAreMade_thenEachHasTheOneThatItIsFoundBy_andASecondRunChangesNothing()
            throws IOException {
        try (var owner = Database.of("orders", "owner")) {
            owner.update("create table keyless (tenant text, id uuid, email text, email_key text)");
            owner.update("""
                    insert into keyless
                    select 'a-tenant', gen_random_uuid(), case when i % 3 > 0 then 'A\u0308da+' || i || '@M\u00dcLLER.example' end, null
                      from generate_series(1, 3100) as i
                    """);

            owner.update(migration());
            var first = owner.query("select distinct xmin::text from keyless");
            owner.update(migration());

            assertThat(owner.query("select count(*)::text from keyless where email_key is null"))
                    .containsExactly("1033");
            assertThat(owner.query(
                            "select email_key from keyless where email_key ~ '[+]1(000)?@' order by email_key desc"))
                    .containsExactly("\u00e4da+1@m\u00fcller.example", "\u00e4da+1000@m\u00fcller.example");
            assertThat(owner.query("select distinct xmin::text from keyless"))
                    .containsExactlyInAnyOrderElementsOf(first)
                    .hasSize(4); // the rows without an e-mail, and three batches
        }
    }

    @AfterEach
    void removeTheTable() {
        try (var owner = Database.of("orders", "owner")) {
            owner.update("drop table if exists keyless");
        }
    }

    private static String migration() throws IOException {
        try (var file = Objects.requireNonNull(EmailKeysTest.class.getResourceAsStream(MIGRATION))) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .replaceAll("(update|from) customer", "$1 keyless");
        }
    }
}
