package io.souk.kit.consumer;

import io.souk.kit.consumer.ReaderThread.Run;
import io.souk.kit.event.AggregateType;
import io.souk.kit.event.Heartbeats;
import io.souk.kit.event.MalformedEvent;
import io.souk.kit.event.Topics;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.errors.DisconnectException;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;

/** What readers of a topic have in common: a client that is opened, read with and closed, and records that become events. */
abstract sealed class KafkaReader<T> implements ReaderThread.Reader permits GroupReader, TailReader {
    private final AggregateType source;
    private final ReaderTools tools;
    private final EventDecoder<T> decoder;
    private final Duration closeWithin;

    /** Gets this reader's events applied, or buried. */
    final Persistence persistence;

    KafkaReader(AggregateType source, Class<T> stateType, ReaderTools tools, Persistence.Grave grave, Duration close) {
        this.source = source;
        this.tools = tools;
        decoder = new EventDecoder<>(source, stateType, tools.json());
        persistence = new Persistence(
                tools.part(), grave, tools.health(), tools.config().maxBackoff());
        closeWithin = close;
    }

    /** What is an event of the topic, in its order, and what is none; heartbeats are neither. */
    record Decoded<T>(List<Received<T>> events, List<NoEvent> others) {
        boolean isEmpty() {
            return events.isEmpty() && others.isEmpty();
        }

        int size() {
            return events.size() + others.size();
        }

        /** Each record that is no event, after those events of the poll that lie before it; last, what lies behind all of them. */
        List<Stretch<T>> stretches() {
            var stretches = new ArrayList<Stretch<T>>();
            int from = 0;
            for (var other : others) {
                stretches.add(new Stretch<>(events.subList(from, other.eventsBefore()), other));
                from = other.eventsBefore();
            }
            stretches.add(new Stretch<>(events.subList(from, events.size()), null));
            return stretches;
        }
    }

    /** Some events, and the record behind them that is none. */
    record Stretch<T>(List<Received<T>> events, @Nullable NoEvent end) {}

    /** @param eventsBefore how many events of the same poll come before it */
    record NoEvent(ConsumerRecord<byte[], byte[]> record, RuntimeException why, int eventsBefore) {}

    @Override
    public final String part() {
        return tools.part();
    }

    @Override
    public final void read(Run run) {
        topics().ensure(Set.of(source));
        var kafka = new KafkaConsumer<byte[], byte[]>(tools.settings());
        try {
            read(kafka, run);
        } finally {
            kafka.close(CloseOptions.timeout(closeWithin));
        }
    }

    /** Reads until the run is stopped. The client is fresh, and is closed afterwards. */
    abstract void read(Consumer<byte[], byte[]> kafka, Run run);

    final Topics topics() {
        return tools.topics();
    }

    final Handlers handlers() {
        return tools.handlers();
    }

    /** Waits while the client goes on being polled, and its lag being told. */
    final PolledWaiting waiting(Consumer<byte[], byte[]> kafka, BooleanSupplier abandoned) {
        return new PolledWaiting(kafka, tools.metrics(), abandoned);
    }

    /** The next records; none when there were none for a while, which says whether Kafka is there at all. */
    final ConsumerRecords<byte[], byte[]> poll(Consumer<byte[], byte[]> kafka) {
        var records = kafka.poll(tools.config().poll());
        tools.metrics().polled(records);
        tools.metrics().lag(kafka);
        if (records.isEmpty()) {
            if (ReaderMetrics.isConnected(kafka)) {
                tools.health().well(part());
            } else {
                tools.health().troubled(part(), new DisconnectException("no connection to Kafka"));
            }
        }
        return records;
    }

    final Decoded<T> decode(ConsumerRecords<byte[], byte[]> records) {
        var decoded = new Decoded<T>(new ArrayList<>(records.count()), new ArrayList<>());
        for (var record : records) {
            if (Heartbeats.isHeartbeat(record)) {
                continue;
            }
            try {
                decoded.events().add(decoder.decode(record));
            } catch (MalformedEvent | PoisonEvent failure) {
                decoded.others()
                        .add(new NoEvent(record, failure, decoded.events().size()));
            }
        }
        return decoded;
    }

    /** Returns when it lies in the dead letters. */
    final void bury(NoEvent other, Waiting waiting) throws Waiting.Abandoned {
        persistence.bury(other.record(), other.why(), waiting);
    }

    final void applied(Decoded<T> decoded) {
        tools.metrics().applied(decoded.size());
    }
}
