package io.souk.gateway;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import java.util.logging.Logger;

/** The program: starts from the environment, serves until SIGTERM, then lets running exchanges end. */
public final class Gateway {
    private static final Logger LOG = Logger.getLogger(Gateway.class.getName());
    private static final int EVENT_LOOPS = Math.clamp(Runtime.getRuntime().availableProcessors(), 1, 2);
    private static final long STOP_MARGIN_MILLIS = 2_000;

    private final Vertx vertx;
    private final int port;

    private Gateway(Vertx vertx, int port) {
        this.vertx = vertx;
        this.port = port;
    }

    public static void main(String[] arguments) throws InterruptedException {
        System.setProperty("java.util.logging.SimpleFormatter.format", "%1$tFT%1$tT.%1$tL%1$tz %4$s %5$s%6$s%n");
        var routes = Routes.shipped();
        var config = GatewayConfig.from(System.getenv(), routes);
        var starting = start(config, routes).toCompletionStage().toCompletableFuture();
        try {
            var gateway = starting.get();
            Runtime.getRuntime().addShutdownHook(new Thread(() -> gateway.stopWithin(config), "stop"));
            LOG.info(() -> "The gateway listens on http://" + config.host() + ":" + gateway.port());
        } catch (ExecutionException e) {
            LOG.log(Level.SEVERE, "The gateway cannot listen on {0}:{1}: {2}", new Object[] {
                config.host(), Integer.toString(config.port()), e.getCause()
            });
            System.exit(1);
        }
    }

    /** Serves when the future completes. */
    static Future<Gateway> start(GatewayConfig config, Routes routes) {
        var vertx = Vertx.vertx(new VertxOptions()
                .setEventLoopPoolSize(EVENT_LOOPS)
                .setWorkerPoolSize(2)
                .setInternalBlockingPoolSize(2));
        var port = new AtomicInteger();
        var doors = new DeploymentOptions().setInstances(EVENT_LOOPS);
        return vertx.deployVerticle(() -> new Door(config, routes, port), doors)
                .map(_ -> new Gateway(vertx, port.get()))
                .recover(failure -> vertx.close().transform(_ -> Future.failedFuture(failure)));
    }

    int port() {
        return port;
    }

    /** Completes when the running exchanges have ended, or had their time. */
    Future<Void> stop() {
        return vertx.close();
    }

    static String version() {
        var version = Gateway.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }

    private void stopWithin(GatewayConfig config) {
        try {
            stop().toCompletionStage()
                    .toCompletableFuture()
                    .get(config.limits().drainMillis() + STOP_MARGIN_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            LOG.log(Level.WARNING, "The gateway did not stop cleanly", e);
        }
    }
}
