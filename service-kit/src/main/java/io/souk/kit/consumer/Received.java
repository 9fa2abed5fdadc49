package io.souk.kit.consumer;

import io.souk.kit.event.ChangeEvent;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** An event and the record that it came in. */
record Received<T>(ConsumerRecord<byte[], byte[]> record, ChangeEvent<T> event) {}
