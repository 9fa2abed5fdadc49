package io.souk.kit.context;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import org.jspecify.annotations.Nullable;

import java.util.concurrent.Executor;

/** The Vert.x context that the caller runs in now. */
public final class OwnContext {
    private OwnContext() {}

    /** Runs tasks in that context, whoever hands them over; where they are handed over when there is none. Ask before leaving it. */
    public static Executor executor() {
        @Nullable Context context = Vertx.currentContext();
        return context == null ? Runnable::run : task -> context.runOnContext(_ -> task.run());
    }
}
