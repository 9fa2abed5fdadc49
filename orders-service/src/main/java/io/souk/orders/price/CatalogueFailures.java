package io.souk.orders.price;

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
 * What the caller hears when the catalogue does not answer. The question carries the caller's own token, so what the
 * catalogue says of the token it says to the caller: 401, 403 and 429 are passed on, since to come again with the same token
 * would not help. Any other refusal, or an answer that cannot be read, means that the two services misunderstand each other:
 * our fault, 500. A catalogue that is away, slow or failing is 503. Each kind is counted in {@code souk.orders.catalogue.failures}; those that an operator has
 * to look at are logged.
 */
@ApplicationScoped
class CatalogueFailures {
    private static final Logger LOG = Logger.getLogger(CatalogueFailures.class);

    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

    private final MeterRegistry metrics;

    CatalogueFailures(MeterRegistry metrics) {
        this.metrics = metrics;
    }

    Throwable told(Throwable failure) {
        return failure instanceof CatalogueRefusal refusal ? refused(refusal) : failed(failure);
    }

    private Throwable refused(CatalogueRefusal refusal) {
        return switch (refusal.status()) {
            case 401 -> {
                count("unauthenticated");
                // Expired between two checks, or the services trust different issuers: then the counter does not stand
                // still.
                LOG.warn("the catalogue does not take a token that orders took");
                yield UNAUTHENTICATED.because("The catalogue does not take the token any longer; nothing was done");
            }
            case 403 -> {
                count("forbidden");
                LOG.warn("the catalogue forbids reading prices to a caller who may place orders");
                yield FORBIDDEN.because("The token does not allow reading the catalogue; nothing was done");
            }
            case 429 -> {
                count("limited");
                yield TOO_MANY_REQUESTS
                        .because("The catalogue was asked too often; nothing was done")
                        .retryAfter(refusal.retryAfter());
            }
            default -> {
                count("refused");
                yield refusal; // is nobody's problem but ours: logged with its trace id where it is answered
            }
        };
    }

    private Throwable failed(Throwable failure) {
        if (!isAway(failure)) {
            count("unreadable");
            // Without its cause, in which the mapper would find a client's bad JSON or status.
            return new IllegalStateException("the catalogue's answer cannot be used: " + failure);
        }
        count("unavailable");
        LOG.warnf("the catalogue did not answer: %s", failure);
        return UNAVAILABLE
                .because("The catalogue cannot be asked at present; nothing was done")
                .retryAfter(RETRY_AFTER);
    }

    private static boolean isAway(Throwable failure) {
        return switch (failure) {
            case WebApplicationException answer -> answer.getResponse().getStatus() >= 500;
            case FaultToleranceException _ -> true; // too slow, too many at once, or failing too often
            default -> Failures.isTransient(failure);
        };
    }

    private void count(String kind) {
        metrics.counter("souk.orders.catalogue.failures", "kind", kind).increment();
    }
}
