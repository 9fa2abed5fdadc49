package io.souk.kit.consumer;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.arc.All;
import io.smallrye.mutiny.Uni;
import io.souk.kit.trace.Traces;
import jakarta.enterprise.context.ApplicationScoped;
import org.apache.kafka.clients.consumer.ConsumerRecord;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Hands a record once more to whoever gave it up, as its reader would: decoded, in the writer's trace, to the same method. What
 * holds for a reader's repetitions holds here too, so twice and late are harmless: state is applied by order, and effects stand
 * behind the inbox. The readers' positions have no part in it.
 */
@ApplicationScoped
public class Redrive {
    private final ObjectMapper json;
    private final Map<String, Function<ConsumerRecord<byte[], byte[]>, Uni<Void>>> takers = new TreeMap<>();

    Redrive(@All List<EventConsumer<?>> consumers, @All List<RedriveTarget> others, ObjectMapper json) {
        this.json = json;
        consumers.forEach(consumer -> takers.put(consumer.name(), record -> apply(consumer, record)));
        others.forEach(other -> takers.put(other.name(), other::redrive));
    }

    /**
     * Done when the effect is committed. Fails with {@link PoisonEvent} or {@link io.souk.kit.event.MalformedEvent} for what is
     * no event still, and when nobody of that name takes records again: a tail's index is each replica's own, and is mended by
     * building it anew. Otherwise as the consumer does. To be called on a Vert.x context.
     */
    public Uni<Void> handOver(String consumer, ConsumerRecord<byte[], byte[]> record) {
        return Uni.createFrom().deferred(() -> {
            var taker = takers.get(consumer);
            if (taker == null) {
                throw new PoisonEvent("no consumer named " + consumer + " takes single events");
            }
            return taker.apply(record);
        });
    }

    /** The names of those that a record can be handed to. */
    public Set<String> consumers() {
        return Set.copyOf(takers.keySet());
    }

    /** Why a record cannot be applied, as dead letters tell it. */
    public static String reason(Throwable failure) {
        return DeadLetters.reason(failure);
    }

    private <T> Uni<Void> apply(EventConsumer<T> consumer, ConsumerRecord<byte[], byte[]> record) {
        var received = new EventDecoder<>(consumer.source(), consumer.stateType(), json).decode(record);
        var event = received.event();
        return Traces.under(
                event.envelope().traceparent(),
                consumer.name(),
                () -> consumer.apply(event.envelope().tenant(), List.of(event)));
    }
}
