package io.souk.kit.migration;

import io.quarkus.flyway.FlywayConfigurationCustomizer;
import io.quarkus.flyway.FlywayDataSource;
import jakarta.inject.Singleton;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.flywaydb.database.postgresql.PostgreSQLConfigurationExtension;

/**
 * One replica migrates at a time, by a lock of its session. By default it is a transaction's, which stays open for as long as the
 * migrations run, and {@code create index concurrently} waits for transactions that are older than it is.
 */
@Singleton
@FlywayDataSource("owner")
class SessionLock implements FlywayConfigurationCustomizer {
    @Override
    public void customize(FluentConfiguration configuration) {
        configuration
                .getPluginRegister()
                .getExact(PostgreSQLConfigurationExtension.class)
                .setTransactionalLock(false);
    }
}
