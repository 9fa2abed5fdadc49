package io.souk.orders;

import io.restassured.response.ValidatableResponse;
import io.souk.testing.Database;
import io.souk.testing.EventLog;
import io.souk.testing.Tokens;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

import static io.souk.orders.Shop.key;
import static io.souk.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

@OrdersTest
class CustomersTest {
    private final Shop shop = new Shop();
    private final Customers ada = Customers.of(shop.customer());
    private final Customers admin = Customers.of(Tokens.of(shop.tenant(), "admin"));

    @Test
    void givenAPersonWithAToken_whenTheyBecomeACustomerTwice_thenThereIsOne() {
        ada.me().statusCode(404);

        String id = ada.make("{\"displayName\":\"Ada\",\"email\":\"ada@example.org\"}")
                .statusCode(201)
                .header("Location", endsWith("/v1/customers/me"))
                .header("ETag", equalTo("\"1\""))
                .body("displayName", equalTo("Ada"))
                .body("type", nullValue())
                .body("addresses", empty())
                .extract()
                .path("id");

        ada.make("{\"displayName\":\"Augusta\"}")
                .statusCode(200)
                .body("id", equalTo(id))
                .body("displayName", equalTo("Ada"));
        ada.me().statusCode(200).body("email", equalTo("ada@example.org"));
    }

    @Test
    void givenTenTabs_whenEachMakesTheCustomerAtOnce_thenThereIsOne() throws Exception {
        try (var tabs = Executors.newVirtualThreadPerTaskExecutor()) {
            var statuses = tabs
                    .invokeAll(IntStream.range(0, 10)
                            .<Callable<Integer>>mapToObj(
                                    _ -> () -> ada.make("{}").extract().statusCode())
                            .toList())
                    .stream()
                    .map(Future::resultNow)
                    .toList();
            assertThat(statuses).containsOnly(200, 201).containsOnlyOnce(201);
        }

        admin.list(50, null).body("items", hasSize(1));
    }

    @Test
    void givenACustomer_whenTheProfileIsPatched_thenWhatIsNotNamedStaysAndTheSameIsNoNewVersion() {
        ada.make("{\"displayName\":\"Ada\",\"email\":\"ada@example.org\"}").statusCode(201);

        ada.edit("\"1\"", "{\"email\":null}")
                .statusCode(200)
                .header("ETag", equalTo("\"2\""))
                .body("displayName", equalTo("Ada"))
                .body("email", nullValue());
        ada.edit("\"2\"", "{\"displayName\":\"Ada\"}").statusCode(200).header("ETag", equalTo("\"2\""));
        ada.edit(null, "{}").statusCode(428);
        ada.edit("\"1\"", "{\"displayName\":\"B\"}").statusCode(412).body("current.version", equalTo(2));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {                                              | 400 |
            {"displayName": 7, "email": []}                | 400 |
            {"type": "wholesale"}                          | 400 | /type
            {"displayName": "A\\u0000"}                    | 400 | /displayName
            {"displayName": " "}                           | 422 | /displayName
            {"displayName": "A\\tB"}                       | 422 | /displayName
            {"email": "ada"}                               | 422 | /email
            {"email": "ada @example.org"}                  | 422 | /email
            {"defaultShippingAddressId": "01a1fef4-f2b0-7d31-8c05-2f6a4b7c8d90"} | 422 | /defaultShippingAddressId
            {"defaultBillingAddressId": "01a1fef4-f2b0-7d31-8c05-2f6a4b7c8d90"}  | 422 | /defaultBillingAddressId
            """)
    void givenABadProfile_whenItIsSent_thenItIsRefusedByNameAndChangesNothing(
            String body, int status, @Nullable String pointer) {
        var made = ada.make(body).statusCode(status).contentType("application/problem+json");
        ada.me().statusCode(404);
        ada.make("{}").statusCode(201);
        var edited = ada.edit("\"1\"", body).statusCode(status).contentType("application/problem+json");

        if (pointer != null) {
            made.body("errors.pointer", hasItem(pointer));
            edited.body("errors.pointer", hasItem(pointer));
        }
        ada.me().body("version", equalTo(1));
    }

    @Test
    void givenACustomer_whenAddressesAreAddedEditedAndRemoved_thenTheDefaultsFollow() {
        var home = ada.keep(Customers.BROOKLYN);
        var abroad = ada.keep(Customers.VIENNA);
        ada.edit(
                        "\"3\"",
                        "{\"defaultShippingAddressId\":\"%s\",\"defaultBillingAddressId\":\"%s\"}"
                                .formatted(abroad, home))
                .statusCode(200)
                .body("addresses.id", contains(home, abroad))
                .body("addresses.city", contains("Brooklyn", "Wien"));

        ada.editAddress(abroad, "\"4\"", "{\"lines\":[\"Graben 2\"],\"label\":\"Work\"}")
                .statusCode(200)
                .body("addresses[1].lines", contains("Graben 2"))
                .body("addresses[1].postalCode", equalTo("1010"));
        ada.readAddress(abroad).statusCode(200).header("ETag", equalTo("\"5\"")).body("label", equalTo("Work"));
        ada.editAddress(abroad, "\"4\"", "{}").statusCode(412).body("current.version", equalTo(5));
        ada.removeAddress(abroad, "\"5\"")
                .statusCode(200)
                .body("addresses.id", contains(home))
                .body("defaultShippingAddressId", nullValue())
                .body("defaultBillingAddressId", equalTo(home));
        ada.removeAddress(abroad, "\"6\"").statusCode(404);
        ada.readAddress(abroad).statusCode(404);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"country": "XX"}             | 422 | /country
            {"country": null}             | 422 | /country
            {"region": "new york"}        | 422 | /region
            {"recipient": null}           | 422 | /recipient
            {"city": ""}                  | 422 | /city
            {"lines": []}                 | 422 | /lines
            {"lines": ["1","2","3","4","5"]} | 422 | /lines
            {"lines": ["1", null]}        | 422 | /lines/1
            {"postalCode": "123456789012345678901"} | 422 | /postalCode
            {"phone": "call me"}          | 422 | /phone
            {"phone": " "}                | 422 | /phone
            {"phone": "123"}              | 422 | /phone
            {"phone": "1234567890123456"} | 422 | /phone
            {"phone": "+1 (718) 555 - 0142 -- ()-()-(1"} | 422 | /phone
            {"phone": "+1718555+0142"}    | 422 | /phone
            {"phone": 17185550142}        | 400 | /phone
            {"street": "x"}               | 400 | /street
            {"id": "x"}                   | 400 | /id
            """)
    void givenAnAddressThatBreaksARule_whenItIsSent_thenTheFieldIsNamed(String patch, int status, String pointer) {
        var home = ada.keep(Customers.BROOKLYN);

        ada.editAddress(home, "\"2\"", patch).statusCode(status).body("errors.pointer", hasItem(pointer));

        ada.me().body("version", equalTo(2));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1717", "+43 (0)1/234.56-78", "+123456789012345", "0718 555 0142"})
    void givenAPhoneNumberAsPeopleWriteThem_whenItIsKept_thenItStaysAsItIs_untilItIsTakenOff(String phone) {
        var abroad = ada.keep(Customers.VIENNA);

        ada.editAddress(abroad, "\"2\"", "{\"phone\":\"%s\"}".formatted(phone)).statusCode(200);

        ada.me().body("addresses[0].phone", equalTo(phone));
        ada.readAddress(abroad).body("phone", equalTo(phone)).body("city", equalTo("Wien"));
        ada.editAddress(abroad, "\"3\"", "{\"phone\":null}").statusCode(200).body("addresses[0].phone", nullValue());
    }

    @Test
    void givenAsManyAddressesAsThereMayBe_whenOneMoreIsAdded_thenItIsRefused() {
        IntStream.range(0, 20).forEach(_ -> ada.keep(Customers.VIENNA));

        ada.addAddress("\"21\"", Customers.VIENNA)
                .statusCode(409)
                .body("type", equalTo("https://souk.example/problems/address-book-full"));
        ada.addAddress("\"20\"", Customers.VIENNA).statusCode(412);
        ada.addAddress(null, Customers.VIENNA).statusCode(428);
        ada.me().body("addresses", hasSize(20));
    }

    @Test
    void givenCustomers_whenTheAdminLooks_thenAllOfThemAreListedPageByPage() {
        var ids = new ArrayList<String>();
        for (var name : List.of("ada", "bob", "cem", "dan", "eve")) {
            ids.add(Customers.of(Tokens.of(shop.tenant(), "customer", name, null))
                    .make("{}")
                    .statusCode(201)
                    .extract()
                    .path("id"));
        }

        var first = admin.list(2, null).statusCode(200).header("Link", notNullValue());
        var second = admin.list(2, first.extract().path("next")).statusCode(200);
        var third = admin.list(2, second.extract().path("next")).statusCode(200).body("next", nullValue());

        var seen = new ArrayList<String>(first.extract().path("items.id"));
        seen.addAll(second.extract().path("items.id"));
        seen.addAll(third.extract().path("items.id"));
        assertThat(seen).containsExactlyElementsOf(ids);
        admin.list(2, "x").statusCode(400);
        admin.list(0, null).statusCode(422);
    }

    @Test
    void givenACustomer_whenTheAdminSetsTheType_thenOnlyACodeIsTakenAndTheCustomerSeesIt() {
        String id = ada.make("{}").extract().path("id");

        admin.setType(id, "\"1\"", "{\"type\":\"Whole sale\"}")
                .statusCode(422)
                .body("errors.pointer", contains("/type"));
        admin.setType(id, "\"1\"", "{\"displayName\":\"x\"}").statusCode(400);
        admin.setType(id, null, "{\"type\":\"wholesale\"}").statusCode(428);
        admin.setType(id, "\"1\"", "{\"type\":\"wholesale\"}").statusCode(200).body("version", equalTo(2));
        admin.setType(id, "\"1\"", "{\"type\":\"retail\"}").statusCode(412).body("current.type", equalTo("wholesale"));
        ada.me().body("type", equalTo("wholesale"));
        admin.setType(id, "\"2\"", "{\"type\":null}").statusCode(200).body("type", nullValue());
    }

    @Test
    void givenACustomer_whenItChanges_thenTheWorldLearnsItsTypeAndNothingOfThePerson() {
        var home = ada.keep(Customers.BROOKLYN);
        String id = ada.edit("\"2\"", "{\"displayName\":\"Countess\",\"email\":\"c@lovelace.example\"}")
                .extract()
                .path("id");
        admin.setType(id, "\"3\"", "{\"type\":\"wholesale\"}").statusCode(200);
        ada.removeAddress(home, "\"4\"").statusCode(200);
        ada.erase("\"5\"").statusCode(204);

        var told = eventually(Duration.ofMinutes(1), () -> told(id), records -> records.size() == 6);

        assertThat(told.stream().map(CustomersTest::text).toList())
                .allSatisfy(text -> assertThat(text)
                        .doesNotContain("\"ada\"")
                        .doesNotContainIgnoringCase("lovelace")
                        .doesNotContain("Brooklyn")
                        .doesNotContain("Countess"))
                .element(3)
                .asString()
                .isEqualTo("{\"id\":\"%s\",\"version\":4,\"type\":\"wholesale\",\"changed\":[\"type\"]}".formatted(id));
        assertThat(text(told.get(1))).endsWith("\"type\":null,\"changed\":[]}");
        assertThat(header(told.getLast(), "ce_type")).isEqualTo("souk.orders.customer.deleted.v1");
    }

    @Test
    void givenACustomerWithOrdersAndACart_whenItIsErased_thenTheOrdersStayAndNoTableSaysWhoItWas() {
        var subject = "ada-" + shop.tenant() + "@example.org";
        var token = Tokens.of(shop.tenant(), "customer", subject, null);
        var person = Customers.of(token);
        var home = person.keep(Customers.BROOKLYN.replace("Lovelace", "Q" + shop.tenant()));
        person.edit("\"2\"", "{\"email\":\"%s\"}".formatted(subject.toUpperCase(Locale.ROOT)));
        var cart = Carts.of(token);
        var cartId = cart.open();
        cart.add(cartId, shop.sku(), 1).statusCode(200);
        String order = Shop.post(
                        key(),
                        token,
                        Shop.body(shop.sku(), 2, "tok_ok")
                                .replace("\"payment\"", "\"shippingAddressId\":\"" + home + "\",\"payment\""))
                .statusCode(202)
                .extract()
                .path("id");
        String id = person.me().extract().path("id");

        person.erase("\"1\"").statusCode(412).body("current.id", equalTo(id));
        person.erase(null).statusCode(428);
        person.erase("\"3\"").statusCode(204);

        person.me().statusCode(404);
        person.erase(null).statusCode(204);
        admin.read(id).statusCode(404);
        admin.setType(id, "\"3\"", "{\"type\":\"x\"}").statusCode(404);
        admin.list(50, null).body("items", empty());
        cart.get(cartId).statusCode(404);
        Shop.list(token).body("items", empty());
        asAdmin(order).body("shippingAddress", nullValue()).body("total.amount", equalTo(900));
        assertThat(tablesThatSay(subject)).containsExactly("idempotency_key"); // for a day, as every key
        assertThat(tablesThatSay("Q" + shop.tenant())).isEmpty();
        assertThat(tablesThatSay("555-0142")).isEmpty();
        var again = person.make("{}").statusCode(201);
        assertThat(again.extract().<String>path("id")).isNotEqualTo(id);
        Shop.list(token).body("items", empty());
    }

    @Test
    void givenACustomer_whenTheAdminErasesIt_thenItIsGoneForItselfToo() {
        ada.keep(Customers.VIENNA);
        String id = ada.me().extract().path("id");

        admin.erase(id, null).statusCode(428);
        admin.erase(id, "\"1\"").statusCode(412);
        admin.erase(id, "\"2\"").statusCode(204);

        ada.me().statusCode(404);
        admin.erase(id, "\"3\"").statusCode(404);
    }

    private ValidatableResponse asAdmin(String order) {
        return Shop.get(UUID.fromString(order), admin.token()).statusCode(200);
    }

    /** The tables of which any row of the tenant holds the text anywhere. */
    private Set<String> tablesThatSay(String text) {
        var found = new HashSet<String>();
        try (var worker = Database.of("orders", "worker")) {
            var tables = worker.query("""
                    select c.relname
                      from pg_class c
                      join pg_attribute a on a.attrelid = c.oid and a.attname = 'tenant' and not a.attisdropped
                     where c.relnamespace = 'orders'::regnamespace
                       and c.relkind in ('r', 'p')
                       and has_table_privilege(c.oid, 'select')
                    """);
            for (var table : tables) {
                if (!worker.query(
                                "select 1 from orders." + table
                                        + " as t where t.tenant = ? and strpos(t::text, ?) > 0 limit 1",
                                shop.tenant(),
                                text)
                        .isEmpty()) {
                    found.add(table);
                }
            }
        }
        return found;
    }

    private List<ConsumerRecord<String, byte[]>> told(String id) {
        return EventLog.readAll(EventLog.topic("orders", "customer"), shop.tenant() + "/" + id);
    }

    private static String text(ConsumerRecord<String, byte[]> told) {
        return new String(told.value(), StandardCharsets.UTF_8);
    }

    private static String header(ConsumerRecord<String, byte[]> told, String name) {
        return new String(told.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }
}
