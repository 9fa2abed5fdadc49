import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Keeps what every order's state is, as a service of another team would: by key and order, in a table of its own (here a map).
 * Arguments: Kafka's address, the topic, the name of the consumer group. Ends when nothing has come for ten seconds.
 */
public class OrderStatuses {
    /** The point of an aggregate's history: a higher epoch wins, then a higher version. */
    record At(int epoch, long version) {
        boolean isAfter(At other) {
            return epoch != other.epoch ? epoch > other.epoch : version > other.version;
        }
    }

    static final Map<String, At> APPLIED = new HashMap<>();
    static final Map<String, String> STATES = new HashMap<>();

    public static void main(String[] arguments) {
        var settings = Map.<String, Object>of(
                "bootstrap.servers", arguments[0],
                "group.id", arguments[2],
                "auto.offset.reset", "earliest", // a new group starts at the beginning, not at "from now on"
                "isolation.level", "read_committed", // never what a relay has given up
                "enable.auto.commit", false); // acknowledged after the effect, not before
        try (var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer())) {
            consumer.subscribe(List.of(arguments[1]));
            long last = System.nanoTime();
            while (System.nanoTime() - last < Duration.ofSeconds(10).toNanos()) {
                for (var event : consumer.poll(Duration.ofSeconds(1))) {
                    if (!event.key().equals("heartbeat")) { // tells of time, not of an order
                        apply(event);
                        last = System.nanoTime();
                    }
                }
                consumer.commitSync(); // a crash before this line repeats events; apply() does not mind
            }
        }
        STATES.forEach((key, state) -> System.out.println(key + " = " + state));
    }

    static void apply(ConsumerRecord<String, byte[]> event) {
        var at = new At(Integer.parseInt(header(event, "ce_epoch")), Long.parseLong(header(event, "ce_aggregateversion")));
        var applied = APPLIED.get(event.key());
        if (applied != null && !at.isAfter(applied)) {
            System.out.println("seen before: " + event.key() + " " + at);
            return;
        }
        APPLIED.put(event.key(), at); // kept after a delete, so that nothing older comes back to life
        if (event.value() == null || header(event, "ce_type").endsWith(".deleted.v1")) {
            STATES.remove(event.key());
        } else {
            STATES.put(event.key(), text(event.value())); // the whole state: nothing has to be merged or asked
        }
        System.out.println("applied: " + event.key() + " " + at);
    }

    static String header(ConsumerRecord<?, ?> event, String name) {
        return text(event.headers().lastHeader(name).value());
    }

    static String text(byte[] utf8) {
        return new String(utf8, StandardCharsets.UTF_8);
    }
}
