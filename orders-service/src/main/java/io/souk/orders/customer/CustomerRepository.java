package io.souk.orders.customer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.mutiny.Uni;
import io.souk.kit.event.Change;
import io.souk.kit.tenant.Tx;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

@ApplicationScoped
class CustomerRepository {
    private static final TypeReference<List<Address>> ADDRESSES = new TypeReference<>() {};

    private static final String COLUMNS = """
            id, version, subject, display_name, email, type, addresses, default_shipping, default_billing, created_at,
                   updated_at
            """;

    /** Waits for whoever inserts the same subject at the moment. Nothing when there is one. */
    private static final String INSERT = PersonLock.with("$1", "$3") + """
            insert into customer (tenant, id, version, subject, display_name, email, email_key, created_at, updated_at)
            select $1, $2, 1, $3, $4, $5, $6, $7, $7
              from person
                on conflict (tenant, subject) where subject is not null do nothing
            """;

    private static final String FIND = "select " + COLUMNS + """
              from customer
             where tenant = $1
               and id = $2
               and erased_at is null
            """;

    private static final String FIND_OF_SUBJECT = "select " + COLUMNS + """
              from customer
             where tenant = $1
               and subject = $2
            """;

    /** Of those who have become customers. $1 tenant, $2 subjects of tokens. */
    private static final String IDS_OF_SUBJECTS = """
            select id, subject
              from customer
             where tenant = $1
               and subject = any ($2)
            """;

    private static final String LOCK = FIND + "   for no key update";

    private static final String LOCK_OF_SUBJECT = FIND_OF_SUBJECT + "   for no key update";

    /** In the transaction that writes of the person: that lock comes first. */
    private static final String HOLD_OF_SUBJECT = PersonLock.with("$1", "$2") + "select " + COLUMNS + """
              from customer, person
             where tenant = $1
               and subject = $2
               for share of customer
            """;

    /** In the order of their making. $1 tenant, $2 the last id of the page before, $3 rows. */
    private static final String LIST = "select " + COLUMNS + """
              from customer
             where tenant = $1
               and id > $2
               and erased_at is null
             order by id
             limit $3
            """;

    /** In the order of their making. $1 tenant, $2 key, $3 the last id of the page before, $4 rows. Who is erased has no e-mail. */
    private static final String LIST_OF_EMAIL = "select " + COLUMNS + """
              from customer
             where tenant = $1
               and email_key = $2
               and id > $3
             order by id
             limit $4
            """;

    /** Erased ones too. */
    private static final String LOCK_ALL = "select " + COLUMNS + """
              from customer
             where tenant = $1
               and id = any ($2)
             order by id
               for no key update
            """;

    /** The caller holds the row's lock, so the version it read is the one that is replaced. */
    private static final String UPDATE = """
            update customer
               set version          = $3,
                   display_name     = $4,
                   email            = $5,
                   email_key        = $6,
                   type             = $7,
                   addresses        = $8::text::json,
                   default_shipping = $9,
                   default_billing  = $10,
                   updated_at       = $11
             where tenant = $1
               and id = $2
               and version = $3 - 1
            """;

    /** The row is locked. */
    private static final String ERASE = """
            update customer
               set version          = $3,
                   subject          = null,
                   display_name     = null,
                   email            = null,
                   email_key        = null,
                   type             = null,
                   addresses        = '[]',
                   default_shipping = null,
                   default_billing  = null,
                   updated_at       = $4,
                   erased_at        = $4
             where tenant = $1
               and id = $2
               and version = $3 - 1
            """;

    private final ObjectMapper json;

    CustomerRepository(ObjectMapper json) {
        this.json = json;
    }

    /** Whether it is there now: false when its subject has one already. */
    Uni<Boolean> insert(Tx tx, Customer customer) {
        var values = Tuple.tuple()
                .addString(tx.tenant().value())
                .addUUID(customer.id())
                .addString(customer.subject())
                .addString(customer.profile().displayName())
                .addString(customer.profile().email())
                .addString(customer.profile().emailKey())
                .addOffsetDateTime(utc(customer.createdAt()));
        return tx.sql().preparedQuery(INSERT).execute(values).map(rows -> rows.rowCount() == 1);
    }

    Uni<Optional<Customer>> find(Tx tx, UUID id) {
        return one(tx, FIND, id);
    }

    Uni<Optional<Customer>> findOfSubject(Tx tx, String subject) {
        return one(tx, FIND_OF_SUBJECT, subject);
    }

    /** By the subject; none for whoever is no customer. */
    Uni<Map<String, UUID>> idsOfSubjects(Tx tx, Collection<String> subjects) {
        return tx.sql()
                .preparedQuery(IDS_OF_SUBJECTS)
                .execute(Tuple.of(tx.tenant().value(), subjects.toArray(String[]::new)))
                .map(rows -> rows.stream()
                        .collect(Collectors.toMap(row -> row.getString("subject"), row -> row.getUUID("id"))));
    }

    /** Nobody else changes it before the transaction ends. */
    Uni<Optional<Customer>> lock(Tx tx, UUID id) {
        return one(tx, LOCK, id);
    }

    Uni<Optional<Customer>> lockOfSubject(Tx tx, String subject) {
        return one(tx, LOCK_OF_SUBJECT, subject);
    }

    /** Nobody writes anything of that person before the transaction ends, be there a customer or not. */
    Uni<Void> lockPerson(Tx tx, String subject) {
        return tx.sql()
                .preparedQuery(PersonLock.ERASE)
                .execute(Tuple.of(tx.tenant().value(), subject))
                .replaceWithVoid();
    }

    /** Nobody changes it before the transaction ends, but others may hold it too. */
    Uni<Optional<Customer>> holdOfSubject(Tx tx, String subject) {
        return one(tx, HOLD_OF_SUBJECT, subject);
    }

    Uni<List<Customer>> listAfter(Tx tx, UUID after, int rows) {
        return list(tx, LIST, Tuple.of(tx.tenant().value(), after, rows));
    }

    /** Those who say that it is their e-mail, however they write it. */
    Uni<List<Customer>> listOfEmail(Tx tx, String email, UUID after, int rows) {
        return list(tx, LIST_OF_EMAIL, Tuple.of(tx.tenant().value(), Email.key(email), after, rows));
    }

    /** What there is to tell of those of the ids that there are, each of them locked. */
    Uni<List<Change>> lockAndTell(Tx tx, Collection<UUID> ids) {
        return tx.sql()
                .preparedQuery(LOCK_ALL)
                .execute(Tuple.of(tx.tenant().value(), ids.toArray(UUID[]::new)))
                .map(found -> found.stream().map(this::told).toList());
    }

    /** Writes the next version of a customer that this transaction has locked. */
    Uni<Void> update(Tx tx, Customer customer) {
        var profile = customer.profile();
        var values = Tuple.tuple()
                .addString(tx.tenant().value())
                .addUUID(customer.id())
                .addLong(customer.version())
                .addString(profile.displayName())
                .addString(profile.email())
                .addString(profile.emailKey())
                .addString(customer.type())
                .addString(write(customer.addresses()))
                .addUUID(profile.defaultShipping())
                .addUUID(profile.defaultBilling())
                .addOffsetDateTime(utc(customer.updatedAt()));
        return one(tx, UPDATE, values, customer.id());
    }

    /** Leaves the row of a customer that this transaction has locked, in that version and without the person. */
    Uni<Void> erase(Tx tx, UUID id, long version, Instant now) {
        return one(tx, ERASE, Tuple.of(tx.tenant().value(), id, version, utc(now)), id);
    }

    private Uni<List<Customer>> list(Tx tx, String statement, Tuple values) {
        return tx.sql()
                .preparedQuery(statement)
                .execute(values)
                .map(rows -> rows.stream().map(this::customer).toList());
    }

    private static Uni<Void> one(Tx tx, String statement, Tuple values, UUID id) {
        return tx.sql()
                .preparedQuery(statement)
                .execute(values)
                .invoke(rows -> {
                    if (rows.rowCount() != 1) {
                        throw new IllegalStateException("customer " + id + " was changed without its lock");
                    }
                })
                .replaceWithVoid();
    }

    private Uni<Optional<Customer>> one(Tx tx, String statement, Object key) {
        return tx.sql()
                .preparedQuery(statement)
                .execute(Tuple.of(tx.tenant().value(), key))
                .map(this::onlyRow);
    }

    private Optional<Customer> onlyRow(RowSet<Row> rows) {
        return rows.stream().findFirst().map(this::customer);
    }

    private Change told(Row row) {
        return row.getString("subject") == null
                ? CustomerEvent.erased(row.getUUID("id"), row.getLong("version"))
                : CustomerEvent.again(customer(row));
    }

    private Customer customer(Row row) {
        return new Customer(
                row.getUUID("id"),
                row.getLong("version"),
                row.getString("subject"),
                new Customer.Profile(
                        row.getString("display_name"),
                        row.getString("email"),
                        row.getUUID("default_shipping"),
                        row.getUUID("default_billing")),
                row.getString("type"),
                read(row.getJsonArray("addresses").encode()),
                row.getOffsetDateTime("created_at").toInstant(),
                row.getOffsetDateTime("updated_at").toInstant());
    }

    private String write(List<Address> addresses) {
        try {
            return json.writeValueAsString(addresses);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private List<Address> read(String addresses) {
        try {
            return json.readValue(addresses, ADDRESSES);
        } catch (JsonProcessingException damaged) {
            // Without its cause, which the mapper would take for the caller's bad JSON, and without the text, which is
            // a person's.
            throw new IllegalStateException("the addresses of a customer cannot be read");
        }
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
