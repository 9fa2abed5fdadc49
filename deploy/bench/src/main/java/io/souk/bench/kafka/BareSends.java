package io.souk.bench.kafka;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;

/** One record per Kafka transaction, and nothing else: what the relay cannot be faster than. For one thread. */
public final class BareSends implements AutoCloseable {
    /** Of one partition. */
    public static final String TOPIC = "bare";

    private final Producer<byte[], byte[]> producer;
    private final byte[] value;

    public BareSends(int port, int bytes) throws ExecutionException, InterruptedException {
        var servers = "127.0.0.1:" + port;
        try (var admin = Admin.create(Map.of("bootstrap.servers", servers))) {
            admin.createTopics(List.of(new NewTopic(TOPIC, Optional.of(1), Optional.empty())))
                    .all()
                    .get();
        }
        producer = new KafkaProducer<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, servers,
                        ProducerConfig.TRANSACTIONAL_ID_CONFIG, "bare",
                        ProducerConfig.ACKS_CONFIG, "all"),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        producer.initTransactions();
        value = new byte[bytes];
    }

    /** The nanoseconds from the begin of the transaction until its commit is acknowledged. */
    public long send() {
        long began = System.nanoTime();
        producer.beginTransaction();
        var _ = producer.send(new ProducerRecord<>(TOPIC, value));
        producer.commitTransaction();
        return System.nanoTime() - began;
    }

    @Override
    public void close() {
        producer.close();
    }
}
