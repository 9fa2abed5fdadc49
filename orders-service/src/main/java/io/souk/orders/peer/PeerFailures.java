package io.souk.orders.peer;

import io.micrometer.core.instrument.MeterRegistry;
import io.souk.kit.tenant.Failures;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.WebApplicationException;
import org.eclipse.microprofile.faulttolerance.exceptions.FaultToleranceException;
import org.jboss.logging.Logger;

import java.time.Duration;

import static io.souk.kit.problem.KitProblem.FORBIDDEN;
import static io.souk.kit.problem.KitProblem.TOO_MANY_REQUESTS;
import static io.souk.kit.problem.KitProblem.UNAUTHENTICATED;
import static io.souk.kit.problem.KitProblem.UNAVAILABLE;

/**
 * What the caller hears when another service does not answer. The question carries the caller's own token, so what that
 * service says of the token it says to the caller: 401, 403 and 429 are passed on, since to come again with the same token
 * would not help. Any other refusal, or an answer that cannot be read, means that the two services misunderstand each other:
 * our fault, 500. A service that is away, slow or failing is 503. Each kind is counted in {@code souk.orders.<peer>.failures}; those that an operator has
 * to look at are logged.
 */
@ApplicationScoped
public class PeerFailures {
    private static final Logger LOG = Logger.getLogger(PeerFailures.class);

    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

    private final MeterRegistry metrics;

    PeerFailures(MeterRegistry metrics) {
        this.metrics = metrics;
    }

    public Throwable told(Peer peer, Throwable failure) {
        return failure instanceof PeerRefusal refusal ? refused(peer, refusal) : failed(peer, failure);
    }

    private Throwable refused(Peer peer, PeerRefusal refusal) {
        return switch (refusal.status()) {
            case 401 -> {
                count(peer, "unauthenticated");
                // Expired between two checks, or the services trust different issuers: then the counter does not stand
                // still.
                LOG.warnf("the %s does not take a token that orders took", peer.word());
                yield UNAUTHENTICATED.because(
                        "The " + peer.word() + " does not take the token any longer; nothing was done");
            }
            case 403 -> {
                count(peer, "forbidden");
                LOG.warnf("the %s forbids reading to a caller who may place orders", peer.word());
                yield FORBIDDEN.because("The token does not allow reading the " + peer.word() + "; nothing was done");
            }
            case 429 -> {
                count(peer, "limited");
                yield TOO_MANY_REQUESTS
                        .because("The " + peer.word() + " was asked too often; nothing was done")
                        .retryAfter(refusal.retryAfter());
            }
            default -> {
                count(peer, "refused");
                yield refusal; // is nobody's problem but ours: logged with its trace id where it is answered
            }
        };
    }

    private Throwable failed(Peer peer, Throwable failure) {
        if (!isAway(failure)) {
            count(peer, "unreadable");
            // Without its cause, in which the mapper would find a client's bad JSON or status.
            return new IllegalStateException("the " + peer.word() + "'s answer cannot be used: " + failure);
        }
        count(peer, "unavailable");
        LOG.warnf("the %s did not answer: %s", peer.word(), failure);
        return UNAVAILABLE
                .because("The " + peer.word() + " cannot be asked at present; nothing was done")
                .retryAfter(RETRY_AFTER);
    }

    private static boolean isAway(Throwable failure) {
        return switch (failure) {
            case WebApplicationException answer -> answer.getResponse().getStatus() >= 500;
            case FaultToleranceException _ -> true; // too slow, too many at once, or failing too often
            default -> Failures.isTransient(failure);
        };
    }

    private void count(Peer peer, String kind) {
        metrics.counter("souk.orders." + peer.word() + ".failures", "kind", kind)
                .increment();
    }
}
