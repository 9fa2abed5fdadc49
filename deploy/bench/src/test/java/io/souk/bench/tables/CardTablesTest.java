package io.souk.bench.tables;

import io.souk.kit.json.StrictJson;
import io.souk.stack.Bootstrap;
import io.souk.stack.CacheFolder;
import io.souk.stack.Folders;
import io.souk.stack.FreePort;
import io.souk.stack.PostgresServer;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Both ways read the same of catalog-service's tables, as its migrations make them. */
class CardTablesTest {
    private static final Path ROOT = Path.of("../..");
    private static final String TENANT = "shop";
    private static final String PASSWORD = "secret";
    private static final UUID FULL = new UUID(1, 1);
    private static final UUID PLAIN = new UUID(1, 2);

    /** Owners of tables are not under their policies. */
    private static final String ROWS = """
            insert into category (tenant, id, version, name, name_key, slug, created_at, updated_at)
            values ('shop', '00000000-0000-0002-0000-000000000001', 1, 'Bread', 'bread', 'bread', now(), now()),
                   ('shop', '00000000-0000-0002-0000-000000000002', 1, 'Fresh', 'fresh', 'fresh', now(), now());

            insert into product (tenant, id, version, status, name, slug, tags, attributes, media, created_at, updated_at,
                                 published_at)
            values ('shop', '00000000-0000-0001-0000-000000000001', 7, 'PUBLISHED', 'Challah', 'challah', '["sabbath"]',
                    '{"yashan": true}', '[]', '2026-01-02T03:04:05.678901Z', '2026-01-03T00:00:00Z', '2026-01-04T00:00:00Z'),
                   ('shop', '00000000-0000-0001-0000-000000000002', 1, 'DRAFT', 'Nothing', 'nothing', '[]', '{}', '[]',
                    now(), now(), null);

            insert into product_category (tenant, product_id, position, category_id)
            values ('shop', '00000000-0000-0001-0000-000000000001', 1, '00000000-0000-0002-0000-000000000001'),
                   ('shop', '00000000-0000-0001-0000-000000000001', 0, '00000000-0000-0002-0000-000000000002');

            insert into variant (tenant, id, product_id, position, sku, sku_key, name, options)
            values ('shop', '00000000-0000-0003-0000-000000000001', '00000000-0000-0001-0000-000000000001', 1, 'B', 'b', null,
                    '{}'),
                   ('shop', '00000000-0000-0003-0000-000000000002', '00000000-0000-0001-0000-000000000001', 0, 'A', 'a', '1 kg',
                    '{"weight": "1 kg"}');

            insert into gtin (tenant, gtin, variant_id, product_id, position)
            values ('shop', '00000000000017', '00000000-0000-0003-0000-000000000002', '00000000-0000-0001-0000-000000000001', 1),
                   ('shop', '00000000000024', '00000000-0000-0003-0000-000000000002', '00000000-0000-0001-0000-000000000001', 0);

            insert into price_list (tenant, product_id, version, updated_at)
            values ('shop', '00000000-0000-0001-0000-000000000001', 3, now());

            insert into price (tenant, product_id, variant_id, currency, sku, amount)
            values ('shop', '00000000-0000-0001-0000-000000000001', '00000000-0000-0003-0000-000000000001', 'EUR', 'B', 300),
                   ('shop', '00000000-0000-0001-0000-000000000001', '00000000-0000-0003-0000-000000000002', 'USD', 'A', 200),
                   ('shop', '00000000-0000-0001-0000-000000000001', '00000000-0000-0003-0000-000000000002', 'EUR', 'A', 100);

            insert into availability (tenant, product_id, version, variants, statuses, updated_at)
            values ('shop', '00000000-0000-0001-0000-000000000001', 2,
                    '[{"variantId": "00000000-0000-0003-0000-000000000001", "sku": "B", "available": 4},
                      {"variantId": "00000000-0000-0003-0000-000000000002", "sku": "A", "available": 5}]',
                    '[{"variantId": "00000000-0000-0003-0000-000000000001", "status": "LOW", "before": "IN_STOCK", "since": 2},
                      {"variantId": "00000000-0000-0003-0000-000000000002", "status": "IN_STOCK", "before": null, "since": 1}]',
                    now());
            """;

    private static final String CARD = """
            {"product": {"id": "00000000-0000-0001-0000-000000000001", "version": 7, "status": "PUBLISHED", "name": "Challah",
              "description": null, "slug": "challah", "type": null, "brandId": null,
              "categoryIds": ["00000000-0000-0002-0000-000000000002", "00000000-0000-0002-0000-000000000001"],
              "tags": ["sabbath"], "attributes": {"yashan": true}, "media": [],
              "variants": [
                {"id": "00000000-0000-0003-0000-000000000002", "sku": "A", "name": "1 kg", "options": {"weight": "1 kg"},
                 "gtins": ["00000000000024", "00000000000017"]},
                {"id": "00000000-0000-0003-0000-000000000001", "sku": "B", "name": null, "options": {}, "gtins": []}],
              "createdAt": "2026-01-02T03:04:05.678901Z", "updatedAt": "2026-01-03T00:00:00Z",
              "publishedAt": "2026-01-04T00:00:00Z"},
             "prices": {"productId": "00000000-0000-0001-0000-000000000001", "version": 3, "prices": [
                {"variantId": "00000000-0000-0003-0000-000000000002", "sku": "A", "amount": 100, "currency": "EUR"},
                {"variantId": "00000000-0000-0003-0000-000000000002", "sku": "A", "amount": 200, "currency": "USD"},
                {"variantId": "00000000-0000-0003-0000-000000000001", "sku": "B", "amount": 300, "currency": "EUR"}]},
             "availability": {"productId": "00000000-0000-0001-0000-000000000001", "version": 2, "available": 9,
              "status": "IN_STOCK", "variants": [
                {"variantId": "00000000-0000-0003-0000-000000000001", "sku": "B", "available": 4, "status": "LOW"},
                {"variantId": "00000000-0000-0003-0000-000000000002", "sku": "A", "available": 5, "status": "IN_STOCK"}]}}
            """;

    private static final Path FOLDER = CacheFolder.ofUser()
            .resolve("tests")
            .resolve("tables-" + ProcessHandle.current().pid());
    private static final Vertx VERTX = Vertx.vertx();
    private static PostgresServer postgres;

    @BeforeAll
    static void start() throws IOException, SQLException {
        Folders.make(FOLDER);
        postgres = PostgresServer.start(
                CacheFolder.ofUser(), FOLDER.resolve("postgres"), FreePort.next(), Duration.ofSeconds(60));
        var passwords = new HashMap<String, String>();
        passwords.put("postgres", PostgresServer.superuserPassword(FOLDER.resolve("postgres")));
        for (var service : Bootstrap.services()) {
            for (var role : new String[] {"owner", "app", "worker"}) {
                passwords.put(service + "_" + role, PASSWORD);
            }
        }
        Bootstrap.run(Database.HOST, postgres.port(), Database.NAME, passwords);
        Flyway.configure()
                .dataSource(url(), "catalog_owner", PASSWORD)
                .locations(
                        "filesystem:" + ROOT.resolve("service-kit/src/main/resources/db/kit"),
                        "filesystem:" + ROOT.resolve("catalog-service/src/main/resources/db/migration"))
                .defaultSchema("catalog")
                .schemas("catalog")
                .createSchemas(false)
                .placeholders(Map.of("service", "catalog"))
                .load()
                .migrate();
        try (var connection = DriverManager.getConnection(url(), "catalog_owner", PASSWORD);
                var statement = connection.createStatement()) {
            statement.execute(ROWS);
        }
    }

    @AfterAll
    static void stop() throws IOException {
        VERTX.close().toCompletionStage().toCompletableFuture().join();
        postgres.close();
        Folders.delete(FOLDER);
    }

    private static String url() {
        return "jdbc:postgresql://%s:%d/%s".formatted(Database.HOST, postgres.port(), Database.NAME);
    }

    @ParameterizedTest
    @EnumSource
    void givenAProductWithAllItCanHave_whenRead_thenTheCardHasAllOfItInOrder(Access access) throws Exception {
        var card = card(access, FULL);

        assertThat(StrictJson.mapper().readTree(StrictJson.mapper().writeValueAsBytes(card)))
                .isEqualTo(StrictJson.mapper().readTree(CARD));
    }

    @ParameterizedTest
    @EnumSource
    void givenAProductWithoutPricesAndStock_whenRead_thenTheCardIsWithoutThem(Access access) throws Exception {
        var card = card(access, PLAIN);

        assertThat(card.prices()).isNull();
        assertThat(card.availability()).isNull();
        assertThat(card.product().variants()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void givenAnotherTenant_whenItAsks_thenThereIsNoSuchProduct(Access access) {
        assertThatExceptionOfType(ExecutionException.class)
                .isThrownBy(() -> card(access, "other", FULL))
                .withCauseInstanceOf(NoSuchElementException.class);
    }

    private static TableCard card(Access access, UUID id) throws Exception {
        return card(access, TENANT, id);
    }

    /** Read as the server does it, on an event loop. */
    private static TableCard card(Access access, String tenant, UUID id) throws Exception {
        var tables = access.open(VERTX, new Database(postgres.port(), "catalog_worker", PASSWORD));
        var read = Promise.<TableCard>promise();
        VERTX.runOnContext(_ -> tables.card(tenant, id).onComplete(read));
        return await(read.future());
    }

    private static <T> T await(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
    }
}
