package io.souk.kit.event;

import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What of relay and readers does not work at present. A service with troubles stays ready, and says that it is degraded: its
 * events wait, and will be caught up.
 */
@ApplicationScoped
public class EventHealth {
    private static final Logger LOG = Logger.getLogger(EventHealth.class);

    private final Map<String, Throwable> troubles = new ConcurrentHashMap<>();

    /** Says that the part cannot work; logged when that begins and when it is for another kind of reason. */
    public void troubled(String part, Throwable failure) {
        @Nullable Throwable before = troubles.put(part, failure);
        if (before == null || !before.getClass().equals(failure.getClass())) {
            LOG.warnf("%s waits: %s", part, reason(failure));
            LOG.debugf(failure, "%s waits", part);
        }
    }

    /** Says that the part works; logged when it had not. */
    public void well(String part) {
        if (!troubles.isEmpty() && troubles.remove(part) != null) {
            LOG.infof("%s works again", part);
        }
    }

    /** Reasons by part; empty when all is well. */
    public Map<String, String> troubles() {
        var reasons = new TreeMap<String, String>();
        troubles.forEach((part, failure) -> reasons.put(part, reason(failure)));
        return reasons;
    }

    private static String reason(Throwable failure) {
        @Nullable Throwable cause = failure.getCause();
        return cause == null ? failure.toString() : failure + " (" + cause + ")";
    }
}
