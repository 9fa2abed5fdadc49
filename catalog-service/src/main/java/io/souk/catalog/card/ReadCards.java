package io.souk.catalog.card;

import io.smallrye.mutiny.Uni;
import io.souk.catalog.availability.AvailabilityViewKind;
import io.souk.catalog.price.PriceViewKind;
import io.souk.catalog.product.ProductViewKind;
import io.souk.kit.tenant.TenantId;
import io.souk.kit.view.View;
import io.souk.kit.view.ViewCache;
import io.souk.kit.view.ViewKind;
import io.vertx.core.buffer.Buffer;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Cards by id. An id that shows nothing to the reader is left out. */
@ApplicationScoped
class ReadCards {
    private final ViewCache cache;
    private final ProductViewKind products;
    private final List<ViewKind<?>> kinds;

    ReadCards(ViewCache cache, ProductViewKind products, PriceViewKind prices, AvailabilityViewKind availability) {
        this.cache = cache;
        this.products = products;
        this.kinds = List.of(products, prices, availability);
    }

    Uni<@Nullable Card> one(TenantId tenant, UUID id, Reader reader) {
        if (reader.past()) {
            return all(tenant, List.of(id), reader).map(cards -> cards.get(id));
        }
        var cached = cache.read(tenant, id, kinds, reader.demand());
        return reader.staff() ? cached.chain(views -> orDraft(tenant, id, views)) : cached.map(ReadCards::card);
    }

    private Uni<@Nullable Card> orDraft(TenantId tenant, UUID id, List<View> views) {
        var card = card(views);
        return card != null
                ? Uni.createFrom().item(card)
                : drafts(tenant, Map.of(id, views)).map(cards -> cards.get(id));
    }

    /** At most {@link ViewCache#MAX_IDS} ids. */
    Uni<Map<UUID, Card>> all(TenantId tenant, Collection<UUID> ids, Reader reader) {
        if (ids.isEmpty()) {
            return Uni.createFrom().item(Map.of());
        }
        var read = reader.past()
                ? cache.rereadAll(tenant, ids, kinds, reader.demand())
                : cache.readAll(tenant, ids, kinds, reader.demand());
        return read.chain(found -> {
            var cards = new HashMap<UUID, Card>();
            var hidden = new HashMap<UUID, List<View>>();
            found.forEach((id, views) -> {
                var card = card(views);
                if (card != null) {
                    cards.put(id, card);
                } else {
                    hidden.put(id, views);
                }
            });
            return reader.staff() && !hidden.isEmpty()
                    ? drafts(tenant, hidden).invoke(cards::putAll).replaceWith(cards)
                    : Uni.createFrom().item(cards);
        });
    }

    private static @Nullable Card card(List<View> views) {
        return !views.isEmpty() && views.getFirst() instanceof View.Live product ? Card.of(product, views) : null;
    }

    /** What the public views do not show, for staff: the product from the tables, beside the other views. */
    private Uni<Map<UUID, Card>> drafts(TenantId tenant, Map<UUID, List<View>> hidden) {
        return cache.states(tenant, hidden.keySet(), products).map(states -> {
            var cards = new HashMap<UUID, Card>();
            states.forEach((id, read) -> {
                var at = read.at();
                var state = at.state();
                var views = hidden.get(id);
                if (state != null && views != null) {
                    var product =
                            new View.Live(at.order(), Buffer.buffer(products.write(state)), read.provenMicros(), false);
                    cards.put(id, Card.of(product, views));
                }
            });
            return cards;
        });
    }
}
