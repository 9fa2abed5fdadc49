package io.souk.kit.outbox;

import io.souk.kit.event.EventRecords;
import io.souk.kit.event.KafkaPromises;
import io.souk.kit.event.KafkaSettings;
import io.souk.kit.event.Topics;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A shard's partitions through one transactional producer: each batch is a transaction, the transactional id fences. */
final class TransactionalLog implements RelayLog {
    /** There is a producer per shard; what does not fit waits until a part of the batch is sent. */
    private static final int MEMORY_BYTES = 2 * 1024 * 1024;

    private final Topics topics;
    private final Map<String, Object> settings;
    private @Nullable Producer<byte[], byte[]> producer;

    TransactionalLog(Topics topics, KafkaSettings kafka, String transactionalId) {
        this.topics = topics;
        var settings = kafka.producer(transactionalId);
        settings.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, transactionalId);
        settings.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, (int)
                KafkaSettings.transactionTimeout().toMillis());
        settings.put(ProducerConfig.BUFFER_MEMORY_CONFIG, MEMORY_BYTES);
        // Lets a batch's records gather per partition while it is handed over. Nothing waits for it: the commit
        // flushes.
        settings.put(ProducerConfig.LINGER_MS_CONFIG, 20);
        this.settings = KafkaPromises.ofTransactions(settings);
    }

    @Override
    public void open() {
        close();
        var opened = new KafkaProducer<byte[], byte[]>(settings);
        producer = opened;
        opened.initTransactions();
    }

    @Override
    public void append(List<OutboxRow> rows) throws Fenced {
        var open = producer;
        if (open == null) {
            throw new IllegalStateException("the log is not open");
        }
        try {
            open.beginTransaction();
            for (var row : rows) { // what fails to be sent fails the commit
                var envelope = row.envelope();
                var _ = open.send(EventRecords.encode(
                        topics.of(envelope.aggregate()), row.shard(), envelope, row.type(), row.payload()));
            }
            open.commitTransaction();
        } catch (KafkaException failure) {
            if (isFenced(failure)) {
                throw new Fenced(failure);
            }
            throw failure;
        }
    }

    @Override
    public void close() {
        var open = producer;
        producer = null;
        if (open != null) {
            open.close(Duration.ZERO); // what it has not committed is aborted by the next one to open
        }
    }

    /** A relay whose transaction the broker gave up looks the same from here, and may lead again a moment later. */
    private static boolean isFenced(KafkaException failure) {
        return failure instanceof ProducerFencedException
                || failure instanceof InvalidProducerEpochException
                || failure.getCause() instanceof ProducerFencedException
                || failure.getCause() instanceof InvalidProducerEpochException;
    }
}
