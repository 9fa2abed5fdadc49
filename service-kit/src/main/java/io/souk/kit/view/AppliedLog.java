package io.souk.kit.view;

import io.souk.kit.protocol.Applied;
import io.souk.kit.protocol.LogRecord;
import io.souk.kit.protocol.Logged;
import io.souk.kit.protocol.Position;
import io.souk.kit.redis.PipelinedRedis;
import io.souk.kit.redis.RedisCommand;
import io.souk.kit.redis.RedisScript;
import io.souk.kit.redis.Reply;
import io.vertx.core.Future;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * How far the log is applied in Redis, as updaters see it. Everything goes over the connection for bulk traffic, in the order of
 * the calls.
 */
@Singleton
final class AppliedLog {
    private static final RedisScript APPLY = RedisScript.beside(AppliedLog.class, "apply.lua");
    private static final String GAP = "GAP ";

    private final PipelinedRedis redis;

    AppliedLog(PipelinedRedis redis) {
        this.redis = redis;
    }

    /** The position of a source's shard; null when the generation has none. */
    Future<@Nullable Position> position(Keyspace names, int source, int shard) {
        return redis.background()
                .send(RedisCommand.of("GET", 1).arg(names.position(shard, source)))
                .map(reply -> reply instanceof Reply.Bulk text ? PositionText.parse(text.text()) : null);
    }

    Future<?> place(Keyspace names, int source, int shard, Position position) {
        return redis.background()
                .send(RedisCommand.of("SET", 2)
                        .arg(names.position(shard, source))
                        .arg(PositionText.of(position)));
    }

    /** Deletes the positions of a shard: nothing in it can be read or stored any more. */
    Future<?> drop(Keyspace names, int shard, int sources) {
        var command = RedisCommand.of("DEL", sources);
        for (int source = 0; source < sources; source++) {
            command.arg(names.position(shard, source));
        }
        return redis.background().send(command);
    }

    /** Applies one record, if the position stands at {@code prev}. Fails when Redis refuses it or does not answer. */
    Future<Applied> apply(Keyspace names, int source, int shard, long prev, Logged<EntryUpdate> logged) {
        var places = new ArrayList<byte[]>();
        places.add(names.position(shard, source));
        var arguments = new ArrayList<byte[]>();
        arguments.add(ascii(prev));
        arguments.add(ascii(logged.offset()));
        switch (logged.record()) {
            case LogRecord.Heartbeat<EntryUpdate>(var told) -> {
                arguments.add(ascii("HEARTBEAT"));
                arguments.add(ascii(Entry.moment(told.ownMicros())));
                told.foreignMicros().forEach((foreign, micros) -> {
                    arguments.add(ascii(foreign));
                    arguments.add(ascii(Entry.moment(micros)));
                });
            }
            case LogRecord.Change<EntryUpdate>(var update) -> change(names, shard, update, places, arguments);
            case LogRecord.Undecodable<EntryUpdate>(var update) -> change(names, shard, update, places, arguments);
            case LogRecord.Unreadable<EntryUpdate> _ ->
                throw new IllegalArgumentException("nobody knows what it would replace");
        }
        return redis.background().run(APPLY, places, arguments).map(AppliedLog::answer);
    }

    private static void change(
            Keyspace names, int shard, EntryUpdate update, List<byte[]> places, List<byte[]> arguments) {
        arguments.add(ascii("CHANGE"));
        arguments.add(ascii(update.order().sortable()));
        var name = ViewKeys.name(update.key().tenant(), update.key().aggregateId());
        for (var made : update.entries()) {
            var kind = made.kind();
            places.add(ViewKeys.key(names.data(shard), kind.keyPart(), name));
            places.add(ViewKeys.key(names.floor(shard), kind.keyPart(), name));
            places.add(ViewKeys.key(names.lease(shard), kind.keyPart(), name));
            arguments.add(made.entry());
            arguments.add(ascii(kind.jitteredTtlMillis()));
        }
    }

    private static Applied answer(@Nullable Reply reply) {
        var text = reply instanceof Reply.Bulk bulk ? bulk.text() : String.valueOf(reply);
        return switch (text) {
            case "OK" -> new Applied.Ok();
            case "GONE" -> new Applied.Gone();
            default -> {
                if (!text.startsWith(GAP)) {
                    throw new IllegalStateException("apply.lua answers " + text);
                }
                yield new Applied.Gap(PositionText.parse(text.substring(GAP.length())));
            }
        };
    }

    private static byte[] ascii(long number) {
        return ascii(Long.toString(number));
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
