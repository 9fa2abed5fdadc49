package io.souk.bench.tables;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.souk.kit.json.StrictJson;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import org.hibernate.cfg.Configuration;
import org.hibernate.reactive.provider.ReactiveServiceRegistryBuilder;
import org.hibernate.reactive.stage.Stage;
import org.hibernate.reactive.vertx.VertxInstance;

import java.util.NoSuchElementException;
import java.util.UUID;

/** Three entities, each found by its key together with what hangs on it. */
final class HibernateTables implements CardTables {
    private final Stage.SessionFactory sessions;
    private final ObjectMapper json = StrictJson.mapper();

    HibernateTables(Vertx vertx, Database database) {
        var configuration = new Configuration()
                .addAnnotatedClass(ProductEntity.class)
                .addAnnotatedClass(VariantEntity.class)
                .addAnnotatedClass(PriceListEntity.class)
                .addAnnotatedClass(AvailabilityEntity.class)
                .setProperty(
                        "hibernate.connection.url",
                        "postgresql://%s:%d/%s".formatted(Database.HOST, database.port(), Database.NAME))
                .setProperty("hibernate.connection.username", database.user())
                .setProperty("hibernate.connection.password", database.password())
                .setProperty("hibernate.connection.pool_size", Integer.toString(Access.CONNECTIONS))
                .setProperty("hibernate.vertx.prepared_statement_cache.max_size", "64");
        var registry = new ReactiveServiceRegistryBuilder()
                .applySettings(configuration.getProperties())
                .addService(VertxInstance.class, () -> vertx)
                .build();
        sessions = configuration.buildSessionFactory(registry).unwrap(Stage.SessionFactory.class);
    }

    @Override
    public Future<TableCard> card(String tenant, UUID id) {
        var key = new Key(tenant, id);
        return Future.fromCompletionStage(sessions.withSession(session -> session.find(ProductEntity.class, key)
                .thenCompose(product -> session.find(PriceListEntity.class, key)
                        .thenCompose(prices -> session.find(AvailabilityEntity.class, key)
                                .thenApply(availability -> {
                                    if (product == null) {
                                        throw new NoSuchElementException(id.toString());
                                    }
                                    return new TableCard(
                                            product.part(),
                                            prices == null ? null : prices.part(product),
                                            availability == null ? null : availability.part(json));
                                })))));
    }
}
