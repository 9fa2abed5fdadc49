package io.souk.kit.redis;

import io.souk.testing.OwnServer;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;

import java.time.Duration;

/** A way to a real Redis on which each answer is held up for as long as a test says; nothing is lost, and the order is kept. */
public final class SlowRedis implements AutoCloseable {
    private final Vertx vertx = Vertx.vertx();
    private final NetClient client = vertx.createNetClient();
    private final NetServer door;
    private volatile long delayMillis;

    private SlowRedis(int target) {
        door = vertx.createNetServer().connectHandler(caller -> {
            caller.pause();
            client.connect(target, "127.0.0.1")
                    .onSuccess(redis -> join(caller, redis))
                    .onFailure(_ -> caller.close());
        });
        RedisClients.await(door.listen(0, "127.0.0.1"));
    }

    public static SlowRedis before(OwnServer server) {
        return new SlowRedis(server.port());
    }

    private void join(NetSocket caller, NetSocket redis) {
        redis.handler(answer -> later(caller, answer));
        redis.closeHandler(_ -> caller.close());
        caller.handler(redis::write);
        caller.closeHandler(_ -> redis.close());
        caller.resume();
    }

    /** Timers of one delay end in the order in which they began; a shorter delay is only set while nothing is under way. */
    private void later(NetSocket caller, Buffer answer) {
        long delay = delayMillis;
        if (delay == 0) {
            caller.write(answer);
        } else {
            vertx.setTimer(delay, _ -> caller.write(answer));
        }
    }

    /** For answers that come from now on. */
    public void delay(Duration each) {
        delayMillis = each.toMillis();
    }

    public String url() {
        return "redis://127.0.0.1:" + door.actualPort();
    }

    @Override
    public void close() {
        RedisClients.await(vertx.close());
    }
}
