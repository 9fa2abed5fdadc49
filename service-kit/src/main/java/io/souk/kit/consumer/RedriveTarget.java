package io.souk.kit.consumer;

import io.smallrye.mutiny.Uni;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** A bean of this type takes records again that it gave up; an {@link EventConsumer} needs none, it is asked to apply them. */
public interface RedriveTarget {
    /** As dead letters name it. */
    String name();

    /**
     * Done when what the record left open is settled; harmless twice and late. Fails for good with what an operator should read, or
     * with what may pass ({@link io.souk.kit.tenant.Failures}), and is then asked again.
     */
    Uni<Void> redrive(ConsumerRecord<byte[], byte[]> record);
}
