/** Kafka as it is without Souk: what the relay is compared with. */
@NullMarked
package io.souk.bench.kafka;

import org.jspecify.annotations.NullMarked;
