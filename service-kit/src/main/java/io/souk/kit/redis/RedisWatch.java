package io.souk.kit.redis;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import org.jboss.logging.Logger;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Knows how all links to one Redis are, and says once when that changes, not once per link. Counts what goes wrong; what
 * goes well is counted by those who use it.
 */
final class RedisWatch {
    private static final Logger LOG = Logger.getLogger(PipelinedRedis.class);

    private final RedisAddress address;
    private final List<RedisLink> links = new CopyOnWriteArrayList<>();
    private final Counter late;
    private final Counter refused;
    private final Counter lost;
    private final Counter slow;
    private boolean complained;

    RedisWatch(RedisAddress address, MeterRegistry registry) {
        this.address = address;
        late = Counter.builder("souk.redis.late")
                .description("Commands that Redis did not answer in time")
                .register(registry);
        refused = Counter.builder("souk.redis.refused")
                .description("Commands not sent because too many were in flight")
                .register(registry);
        lost = Counter.builder("souk.redis.lost")
                .description("Connections to Redis that were lost, refused or found unfit")
                .register(registry);
        slow = Counter.builder("souk.redis.slow")
                .description("Times that a connection was left alone for a while since Redis answered too late")
                .register(registry);
        Gauge.builder("souk.redis.ready", this, watch -> watch.state() == RedisState.READY ? 1 : 0)
                .description("Whether Redis can be used")
                .register(registry);
    }

    void add(RedisLink link) {
        links.add(link);
    }

    /** The worst of all links: {@code UNFIT} before {@code AWAY} before {@code SLOW} before {@code READY}. */
    RedisState state() {
        var worst = RedisState.READY;
        for (var link : links) {
            var state = link.state();
            if (state.compareTo(worst) > 0) {
                worst = state;
            }
        }
        return worst;
    }

    void late() {
        late.increment();
    }

    void refused() {
        refused.increment();
    }

    void lost(RedisState state, String why) {
        lost.increment();
        complain(state, why);
    }

    void slow() {
        slow.increment();
        complain(RedisState.SLOW, "it answers, but too late");
    }

    private void complain(RedisState state, String why) {
        synchronized (this) {
            if (complained) {
                return;
            }
            complained = true;
        }
        LOG.warnf("Redis %s is %s: %s", address, state, why);
    }

    void welcome() {
        synchronized (this) {
            if (!complained || state() != RedisState.READY) {
                return;
            }
            complained = false;
        }
        LOG.infof("Redis %s is back", address);
    }
}
