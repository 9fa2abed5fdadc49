package io.souk.kit.token;

import io.souk.kit.tenant.TenantId;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

import static io.souk.kit.problem.KitProblem.UNAUTHENTICATED;

/**
 * The caller of the request that runs now. It lies in the request's own Vert.x context, so asking costs a map look-up; to
 * be asked before work leaves that context (a job, a consumer and a sweep have no caller).
 */
@ApplicationScoped
public class CurrentCaller {
    private static final Object KEY = CurrentCaller.class;

    /** 401 when the request carries no verified token. */
    public Caller get() {
        @Nullable Context context = Vertx.currentContext();
        if (context == null || !(context.getLocal(KEY) instanceof Caller caller)) {
            throw UNAUTHENTICATED.because("Send a token: Authorization: Bearer <JWT>");
        }
        return caller;
    }

    public TenantId tenant() {
        return get().tenant();
    }

    static void set(@Nullable Context context, Caller caller) {
        if (context != null) {
            context.putLocal(KEY, caller);
        }
    }
}
