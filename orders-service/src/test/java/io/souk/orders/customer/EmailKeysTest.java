package io.souk.orders.customer;

import io.souk.orders.OrdersTest;
import io.souk.testing.Database;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

import static org.assertj.core.api.Assertions.assertThat;

/** Customers who were there before e-mails had keys: V0114 and V0118, run upon a table of their kind beside the service's own. */
@OrdersTest
class EmailKeysTest {
    private static final String KEYS_SO_FAR = "V0114__key_emails_so_far.sql";
    private static final String FOLDED_KEYS = "V0118__fold_keys_of_emails.sql";

    private final Database owner = Database.of("orders", "owner");

    @BeforeEach
    void makeTheTable() {
        owner.update("create table keyless (tenant text, id uuid, email text, email_key text)");
    }

    @AfterEach
    void removeTheTable() {
        owner.update("drop table keyless");
        owner.close();
    }

    @Test
    void givenMoreEmailsThanOneBatch_whenTheirKeysAreMade_thenEachHasOne_andASecondRunChangesNothing()
            throws IOException {
        owner.update("""
                insert into keyless
                select 'a-tenant', gen_random_uuid(), case when i % 3 > 0 then 'A\u0308da+' || i || '@M\u00dcLLER.example' end, null
                  from generate_series(1, 3100) as i
                """);

        migrate(KEYS_SO_FAR);
        var first = versions("true");
        migrate(KEYS_SO_FAR);

        assertThat(owner.query("select count(*)::text from keyless where email_key is null"))
                .containsExactly("1033");
        assertThat(owner.query("select email_key from keyless where email_key ~ '[+]1(000)?@' order by email_key desc"))
                .containsExactly("\u00e4da+1@m\u00fcller.example", "\u00e4da+1000@m\u00fcller.example");
        assertThat(versions("true"))
                .containsExactlyInAnyOrderElementsOf(first)
                .hasSize(4); // the rows without an e-mail, and three batches
    }

    /** A capital I with a dot, sigmas, sharp s small and large, an i without a dot, a long s, a letter that has a third case, and one beyond 16 bits. */
    @Test
    void givenLettersOfManyKinds_whenTheirKeysAreFolded_thenEachIsFoundByItsEmail_andWhatIsRightIsNotTouched()
            throws IOException {
        owner.update("""
                insert into keyless
                select 'tenant-' || i % 2, gen_random_uuid(), email || i || '@' || email || '.example', null
                  from generate_series(1, 300) as i
                 cross join unnest(array['Ada', '\u0130da', '\u03a3\u0391\u03a3', '\u03c3\u03b1\u03c2', 'Stra\u00dfe', 'STRA\u1e9eE',
                                         'd\u0131\u015f', '\u017fum', '\u01c5ep', '\ud801\udc00\ud801\udc28', 'A\u0308da', null]) as email
                """);
        migrate(KEYS_SO_FAR);
        var right = versions("email ~ '^Ada' or email is null");

        migrate(FOLDED_KEYS);
        var folded = versions("true");
        migrate(FOLDED_KEYS);

        var emails = owner.query("select email from keyless where email is not null order by id");
        assertThat(emails).hasSize(3_300);
        assertThat(owner.query("select email_key from keyless where email is not null order by id"))
                .containsExactlyElementsOf(emails.stream().map(Email::key).toList());
        assertThat(owner.query("select count(distinct email_key)::text from keyless where email ~ '^[\u03a3\u03c3]'"))
                .containsExactly("300"); // of 600, in two cases each
        assertThat(versions("email ~ '^Ada' or email is null")).containsExactlyInAnyOrderElementsOf(right);
        assertThat(versions("true")).containsExactlyInAnyOrderElementsOf(folded);
    }

    /** Of the rows that are meant: which transactions have written them. */
    private List<String> versions(String which) {
        return owner.query("select distinct xmin::text from keyless where " + which);
    }

    private void migrate(String migration) throws IOException {
        try (var file = Objects.requireNonNull(getClass().getResourceAsStream("/db/migration/" + migration))) {
            owner.update(new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .replaceAll("(update|from) customer", "$1 keyless"));
        }
    }
}
