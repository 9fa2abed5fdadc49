package io.souk.kit.retelling;

import io.smallrye.config.SmallRyeConfig;
import io.souk.kit.event.EventsConfig;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Alternative;
import org.eclipse.microprofile.config.ConfigProvider;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/** The configured settings, but for an epoch that a test raises, as an operator does between an end and a start of the service. */
@Alternative
@ApplicationScoped
public class RaisableEpoch implements EventsConfig {
    private final EventsConfig configured =
            ConfigProvider.getConfig().unwrap(SmallRyeConfig.class).getConfigMapping(EventsConfig.class);

    private final AtomicInteger epoch = new AtomicInteger(1);

    int raise() {
        return epoch.incrementAndGet();
    }

    @Override
    public String topicPrefix() {
        return configured.topicPrefix();
    }

    @Override
    public int partitions() {
        return configured.partitions();
    }

    @Override
    public short replication() {
        return configured.replication();
    }

    @Override
    public Duration compactionLag() {
        return configured.compactionLag();
    }

    @Override
    public Duration tombstoneRetention() {
        return configured.tombstoneRetention();
    }

    @Override
    public Duration deadLetterRetention() {
        return configured.deadLetterRetention();
    }

    @Override
    public int epoch() {
        return epoch.get();
    }
}
