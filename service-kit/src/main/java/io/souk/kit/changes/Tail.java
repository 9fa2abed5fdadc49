package io.souk.kit.changes;

import io.souk.kit.event.AggregateType;
import io.souk.kit.event.EventHealth;
import io.souk.kit.event.EventsConfig;
import io.souk.kit.event.KafkaPromises;
import io.souk.kit.event.KafkaSettings;
import io.souk.kit.event.Topics;
import io.souk.kit.time.Backoff;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;

/**
 * Reads the end of all topics into memory on a thread of its own, from when somebody asks for it until nobody has for a while.
 */
final class Tail {
    private static final String PART = "changes";
    private static final int MAX_POLL_RECORDS = 1_000;
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration FIRST_BACKOFF = Duration.ofMillis(100);
    private static final Duration LONGEST_BACKOFF = Duration.ofSeconds(2);

    /** What a tail works with. */
    record Tools(
            String service,
            List<AggregateType> aggregates,
            ChangesConfig config,
            EventsConfig events,
            KafkaSettings kafka,
            Topics topics,
            EventHealth health) {}

    private final Tools tools;
    private final CompletableFuture<Recent> opened = new CompletableFuture<>();
    private final Thread thread =
            Thread.ofPlatform().daemon().name("souk-changes-tail").unstarted(this::run);
    private volatile long usedAt = System.nanoTime();
    private volatile boolean stopping;
    private boolean ended;

    Tail(Tools tools) {
        this.tools = tools;
    }

    void start() {
        thread.start();
    }

    /** What is in memory, once the ends of the topics are known; null when this tail has ended and another has to begin. */
    synchronized @Nullable CompletableFuture<Recent> use() {
        usedAt = System.nanoTime();
        return ended ? null : opened;
    }

    /** As {@link #use}, of a tail that was just started. */
    CompletableFuture<Recent> opened() {
        return opened;
    }

    /** Ends soon; does not wait. Whoever waits for an event is woken. */
    void stop() {
        stopping = true;
        LockSupport.unpark(thread);
    }

    void awaitEnd(Duration most) throws InterruptedException {
        if (thread.isAlive()) {
            thread.join(most);
        }
    }

    private void run() {
        var backoff = new Backoff(FIRST_BACKOFF, LONGEST_BACKOFF, ThreadLocalRandom.current()::nextDouble);
        while (goesOn()) {
            try {
                tools.topics().ensure(tools.aggregates());
                var kafka = new KafkaConsumer<byte[], byte[]>(KafkaPromises.ofConsumer(
                        tools.kafka().consumer(tools.service() + "-changes-tail", MAX_POLL_RECORDS)));
                try {
                    follow(kafka, backoff);
                } finally {
                    kafka.close(CloseOptions.timeout(Duration.ZERO));
                }
            } catch (Throwable failure) { // an Error too: those who follow would wait for ever
                tools.health().troubled(PART, failure);
                if (opened.completeExceptionally(failure)) { // who asks now is told, who asks later begins anew
                    end();
                    return;
                }
                LockSupport.parkNanos(this, backoff.next().toNanos());
            }
        }
        end();
    }

    private void follow(Consumer<byte[], byte[]> kafka, Backoff backoff) {
        var recent = opened.isDone() ? opened.join() : open(kafka);
        var topics = recent.topics();
        var from = recent.end().positions();
        kafka.assign(topics.all());
        for (var partition : topics.all()) {
            kafka.seek(partition, from.get(partition));
        }
        opened.complete(recent);
        while (goesOn()) {
            var events = new ArrayList<FeedEvent>();
            for (var record : kafka.poll(POLL)) {
                @Nullable FeedEvent event = FeedRecords.event(topics, record);
                if (event != null) {
                    events.add(event);
                }
            }
            var read = Positions.start(topics);
            topics.all().forEach(partition -> read.set(partition, kafka.position(partition)));
            recent.append(events, read);
            tools.health().well(PART);
            backoff.reset();
        }
    }

    private Recent open(Consumer<byte[], byte[]> kafka) {
        var topics = FeedTopics.of(
                tools.aggregates(),
                tools.topics().identities(tools.aggregates()),
                tools.events().topicPrefix(),
                tools.events().partitions());
        var ends = Positions.start(topics);
        kafka.endOffsets(topics.all()).forEach((partition, end) -> ends.set(partition, end));
        return new Recent(ends, tools.config().window().asLongValue());
    }

    /** Once this says no, {@link #use} gives nothing any more. */
    private synchronized boolean goesOn() {
        boolean used = System.nanoTime() - usedAt < tools.config().linger().toNanos()
                || (opened.isDone()
                        && !opened.isCompletedExceptionally()
                        && opened.join().hasWaiters());
        ended |= stopping || !used;
        return !ended;
    }

    private void end() {
        synchronized (this) {
            ended = true;
        }
        opened.completeExceptionally(new IllegalStateException("the service stops"));
        if (!opened.isCompletedExceptionally()) {
            opened.join().close();
        }
    }
}
