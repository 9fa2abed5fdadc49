package io.souk.kit.changes;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.souk.kit.tenant.TenantSlots;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A stream of changes: what is there, then what comes, each batch read when the one before it has gone out, so that a slow
 * client costs no memory. It ends after its life and when the service stops; what fails meanwhile is tried again.
 */
@ApplicationScoped
class ChangesStream {
    private static final Logger LOG = Logger.getLogger(ChangesStream.class);

    private static final int BATCH = 100;

    /** When a client comes again, and this long before whatever failed is tried again. */
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final ChangeFeed feed;
    private final ChangesConfig config;
    private final Vertx vertx;

    ChangesStream(ChangeFeed feed, ChangesConfig config, Vertx vertx) {
        this.feed = feed;
        this.config = config;
        this.vertx = vertx;
    }

    /** Holds one of {@link ChangeFeed#following} until it ends; ends at once when there is none. */
    Multi<OutboundSseEvent> follow(Sse sse, Wanted wanted, StartAt start) {
        return Multi.createFrom().deferred(() -> {
            var slot = feed.following().take(wanted.tenant());
            return slot.isEmpty()
                    ? Multi.createFrom().empty()
                    : Multi.createBy()
                            .repeating()
                            .uni(() -> new Reader(sse, wanted, start), Reader::next)
                            .whilst(part -> !part.isEmpty())
                            .onItem()
                            .transformToMultiAndConcatenate(
                                    part -> Multi.createFrom().iterable(part))
                            .onTermination()
                            .invoke(() -> slot.ifPresent(TenantSlots.Slot::release));
        });
    }

    /** One client's stream; one thing after the other. */
    private final class Reader {
        private final Sse sse;
        private final Wanted wanted;
        private final StartAt start;
        private final long endsAt = System.nanoTime() + config.streamLife().toNanos();
        private Optional<Place> place = Optional.empty();

        Reader(Sse sse, Wanted wanted, StartAt start) {
            this.sse = sse;
            this.wanted = wanted;
            this.start = start;
        }

        /** What to send next; nothing when the stream ends. */
        Uni<List<OutboundSseEvent>> next() {
            if (feed.ending() || System.nanoTime() - endsAt >= 0) {
                return Uni.createFrom().item(List.of());
            }
            return place.map(this::read).orElseGet(this::begin).onFailure().recoverWithUni(this::later);
        }

        /** Says at once where it begins, so that a connection that is lost before the first event misses none. */
        private Uni<List<OutboundSseEvent>> begin() {
            return feed.place(start).map(found -> {
                place = Optional.of(found);
                return List.of(sse.newEventBuilder()
                        .comment("begins")
                        .id(cursor(found))
                        .reconnectDelay(PAUSE.toMillis())
                        .build());
            });
        }

        private Uni<List<OutboundSseEvent>> read(Place from) {
            long wait = Math.min(config.keepAlive().toNanos(), endsAt - System.nanoTime());
            return feed.read(wanted, from, BATCH, System.nanoTime() + wait).map(this::events);
        }

        private List<OutboundSseEvent> events(Batch batch) {
            place = Optional.of(batch.place());
            var cursor = cursor(batch.place());
            if (batch.events().isEmpty()) {
                return List.of(
                        sse.newEventBuilder().comment("goes on").id(cursor).build());
            }
            var events = new ArrayList<OutboundSseEvent>(batch.events().size());
            for (int i = 0; i < batch.events().size(); i++) {
                boolean last = i == batch.events().size() - 1;
                events.add(event(batch.events().get(i), last ? cursor : null));
            }
            return events;
        }

        /** The cursor stands behind the whole batch: only its last event has it. */
        private OutboundSseEvent event(byte[] json, @Nullable String cursor) {
            var event = sse.newEventBuilder().data(new String(json, StandardCharsets.UTF_8));
            return (cursor == null ? event : event.id(cursor)).build();
        }

        private String cursor(Place at) {
            return FeedCursor.encode(wanted.topics(), at.positions());
        }

        private Uni<List<OutboundSseEvent>> later(Throwable failure) {
            LOG.debugf("A stream of changes waits: %s", failure);
            long millis = PAUSE.toMillis() + ThreadLocalRandom.current().nextLong(PAUSE.toMillis());
            return Uni.createFrom()
                    .emitter(emitter -> vertx.setTimer(
                            millis,
                            _ -> emitter.complete(List.of(
                                    sse.newEventBuilder().comment("waits").build()))));
        }
    }
}
