package io.souk.kit.consumer;

import io.quarkus.arc.All;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.config.inject.ConfigProperty;

import java.util.List;

/** The topics of other services that this one applies to own tables. */
@ApplicationScoped
public class ForeignSources {
    /**
     * One topic and who applies it.
     *
     * @param topic as watermarks name it
     */
    public record ForeignSource(String consumer, String topic) {}

    private final List<ForeignSource> all;

    ForeignSources(@ConfigProperty(name = "souk.service") String service, @All List<EventConsumer<?>> consumers) {
        all = consumers.stream()
                .filter(consumer -> !consumer.source().service().equals(service))
                .map(consumer ->
                        new ForeignSource(consumer.name(), consumer.source().sourceName()))
                .toList();
    }

    /** Each of them; a topic comes as often as there are consumers of it. */
    public List<ForeignSource> all() {
        return all;
    }
}
