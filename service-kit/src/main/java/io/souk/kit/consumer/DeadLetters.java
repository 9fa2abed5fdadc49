package io.souk.kit.consumer;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.souk.kit.consumer.DeadLetterIndex.GivenUp;
import io.souk.kit.event.EventRecords;
import io.souk.kit.event.KafkaPromises;
import io.souk.kit.event.KafkaSettings;
import io.souk.kit.event.MalformedEvent;
import io.souk.kit.event.Topics;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;

/**
 * Where records go that can never be applied: as they came, key, value and headers, with the reason and their origin in
 * further headers.
 */
@ApplicationScoped
public class DeadLetters {
    static final String REASON = "souk_dlq_reason";
    static final String CONSUMER = "souk_dlq_consumer";
    static final String TOPIC = "souk_dlq_topic";
    static final String PARTITION = "souk_dlq_partition";
    static final String OFFSET = "souk_dlq_offset";
    static final String AT = "souk_dlq_at";

    private static final Logger LOG = Logger.getLogger(DeadLetters.class);
    private static final int MAX_REASON = 1_000;
    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");

    private final Topics topics;
    private final KafkaSettings kafka;
    private final String service;
    private final Clock clock;
    private final MeterRegistry metrics;
    private final DeadLetterIndex index;
    private final Handlers handlers;
    private volatile @Nullable Producer<byte[], byte[]> producer;

    DeadLetters(
            Topics topics,
            KafkaSettings kafka,
            @ConfigProperty(name = "souk.service") String service,
            Clock clock,
            MeterRegistry metrics,
            DeadLetterIndex index,
            Vertx vertx) {
        this.topics = topics;
        this.kafka = kafka;
        this.service = service;
        this.clock = clock;
        this.metrics = metrics;
        this.index = index;
        handlers = new Handlers(vertx, "dead-letters");
    }

    /**
     * Done when operators can find the record and all of Kafka's replicas have it; only then may the reader go on. In this order, since
     * a record that is noted once more is there once, and one that is sent once more is not.
     */
    public CompletableFuture<Void> bury(String consumer, ConsumerRecord<byte[], byte[]> record, Throwable failure) {
        var letter = new GivenUp(consumer, record, reason(failure), clock.instant());
        return handlers.run(null, () -> index.add(letter))
                .thenComposeAsync(_ -> send(letter, failure), Thread::startVirtualThread); // making a producer blocks
    }

    private CompletableFuture<Void> send(GivenUp letter, Throwable failure) {
        var buried = new CompletableFuture<Void>();
        var _ = producer().send(record(letter), (_, refused) -> {
            if (refused != null) {
                buried.completeExceptionally(refused);
            } else {
                metrics.counter("souk.dead.letters", "consumer", letter.consumer())
                        .increment();
                log(letter, failure);
                buried.complete(null);
            }
        });
        return buried;
    }

    /** Waits for nobody who is making a producer, which takes long where Kafka is away. */
    void stop(@Observes ShutdownEvent stopping) {
        var open = producer;
        if (open != null) {
            open.close(Duration.ofSeconds(1));
        }
    }

    private ProducerRecord<byte[], byte[]> record(GivenUp letter) {
        var record = letter.record();
        var headers = new RecordHeaders(record.headers().toArray())
                .add(REASON, utf8(letter.reason()))
                .add(CONSUMER, utf8(letter.consumer()))
                .add(TOPIC, utf8(record.topic()))
                .add(PARTITION, utf8(Integer.toString(record.partition())))
                .add(OFFSET, utf8(Long.toString(record.offset())))
                .add(AT, utf8(letter.at().toString()));
        return new ProducerRecord<>(
                topics.deadLetters(), record.partition(), null, record.key(), record.value(), headers);
    }

    private void log(GivenUp letter, Throwable failure) {
        var record = letter.record();
        boolean ours = !(failure instanceof PoisonEvent || failure instanceof MalformedEvent);
        LOG.errorf(
                ours ? failure : null,
                "%s cannot apply %s-%d@%d, key %s, event %s: %s; it lies in %s",
                letter.consumer(),
                record.topic(),
                record.partition(),
                record.offset(),
                EventRecords.findKey(record),
                EventRecords.find(record.headers(), EventRecords.ID),
                letter.reason(),
                topics.deadLetters());
    }

    /** Made for the first dead letter: most services never have one. */
    private synchronized Producer<byte[], byte[]> producer() {
        var open = producer;
        if (open == null) {
            topics.ensureDeadLetters();
            open = new KafkaProducer<>(KafkaPromises.ofProducer(kafka.producer(service + "-dead-letters")));
            producer = open;
        }
        return open;
    }

    /**
     * Why a record cannot be applied, for operators; at most {@value #MAX_REASON} characters. The record may have had its say in
     * it, so control characters, which could make a line of the log look like several, are U+FFFD.
     */
    static String reason(Throwable failure) {
        var text = failure instanceof PoisonEvent || failure instanceof MalformedEvent
                ? String.valueOf(failure.getMessage())
                : failure.toString();
        var bounded = text.length() <= MAX_REASON ? text : text.substring(0, MAX_REASON);
        return CONTROL.matcher(bounded).replaceAll("\uFFFD");
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
