package io.souk.kit.redis;

import io.vertx.core.buffer.Buffer;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/**
 * What is said on a new connection before it is used: who we are, which database, and whether this Redis is fit to keep what
 * must not be evicted. Floors have no TTL, so {@code volatile-*} policies and {@code noeviction} spare them.
 */
final class Greeting {
    sealed interface Answer {}

    /** More answers are to come. */
    record More() implements Answer {}

    record Welcome() implements Answer {}

    record Refusal(RedisState state, String why) implements Answer {}

    private static final String POLICY = "maxmemory_policy:";

    private final List<RedisCommand> commands = new ArrayList<>();
    private int answered;

    Greeting(RedisAddress address) {
        if (address.password() != null) {
            commands.add(
                    address.user() == null
                            ? RedisCommand.of("AUTH", 1).arg(address.password())
                            : RedisCommand.of("AUTH", 2).arg(address.user()).arg(address.password()));
        }
        if (address.database() != 0) {
            commands.add(RedisCommand.of("SELECT", 1).arg(address.database()));
        }
        commands.add(RedisCommand.of("INFO", 1).arg("memory")); // last: its answer decides
    }

    Buffer commands() {
        var bytes = Buffer.buffer();
        commands.forEach(command -> bytes.appendBytes(command.bytes(), 0, command.length()));
        return bytes;
    }

    Answer answered(@Nullable Reply reply) {
        answered++;
        if (reply instanceof Reply.Failed(var error)) {
            return new Refusal(RedisState.AWAY, String.valueOf(error.getMessage()));
        }
        if (answered < commands.size()) {
            return new More();
        }
        var policy = reply instanceof Reply.Bulk memory ? policy(memory.text()) : "unknown";
        return policy.equals("noeviction") || policy.startsWith("volatile-")
                ? new Welcome()
                : new Refusal(RedisState.UNFIT, "maxmemory-policy is " + policy + ", not volatile-* or noeviction");
    }

    private static String policy(String info) {
        return info.lines()
                .filter(line -> line.startsWith(POLICY))
                .map(line -> line.substring(POLICY.length()).strip())
                .findFirst()
                .orElse("unknown");
    }
}
