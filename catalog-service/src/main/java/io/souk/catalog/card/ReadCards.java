package io.souk.catalog.card;

import io.smallrye.mutiny.Uni;
import io.souk.catalog.availability.AvailabilityViewKind;
import io.souk.catalog.price.PriceViewKind;
import io.souk.catalog.product.ProductState;
import io.souk.catalog.product.ProductViewKind;
import io.souk.kit.tenant.TenantId;
import io.souk.kit.view.StateAt;
import io.souk.kit.view.View;
import io.souk.kit.view.ViewCache;
import io.souk.kit.view.ViewKind;
import io.vertx.core.buffer.Buffer;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
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
    private final PriceViewKind prices;
    private final AvailabilityViewKind availability;
    private final List<ViewKind<?>> kinds;

    ReadCards(ViewCache cache, ProductViewKind products, PriceViewKind prices, AvailabilityViewKind availability) {
        this.cache = cache;
        this.products = products;
        this.prices = prices;
        this.availability = availability;
        this.kinds = List.of(products, prices, availability);
    }

    Uni<@Nullable Card> one(TenantId tenant, UUID id, Reader reader) {
        if (reader.past()) {
            return fromTables(tenant, List.of(id), reader).map(cards -> cards.get(id));
        }
        var cached = cache.read(tenant, id, kinds);
        return reader.staff() ? cached.chain(views -> orDraft(tenant, id, views, reader)) : cached.map(ReadCards::card);
    }

    private Uni<@Nullable Card> orDraft(TenantId tenant, UUID id, List<View> views, Reader reader) {
        var card = card(views);
        return card != null
                ? Uni.createFrom().item(card)
                : fromTables(tenant, List.of(id), reader).map(cards -> cards.get(id));
    }

    /** At most {@link ViewCache#MAX_IDS} ids. */
    Uni<Map<UUID, Card>> all(TenantId tenant, Collection<UUID> ids, Reader reader) {
        if (ids.isEmpty()) {
            return Uni.createFrom().item(Map.of());
        }
        if (reader.past()) {
            return fromTables(tenant, ids, reader);
        }
        return cache.readAll(tenant, ids, kinds).chain(found -> {
            var cards = new HashMap<UUID, Card>();
            var hidden = new ArrayList<UUID>();
            found.forEach((id, views) -> {
                var card = card(views);
                if (card != null) {
                    cards.put(id, card);
                } else {
                    hidden.add(id);
                }
            });
            return reader.staff() && !hidden.isEmpty()
                    ? fromTables(tenant, hidden, reader).invoke(cards::putAll).replaceWith(cards)
                    : Uni.createFrom().item(cards);
        });
    }

    private static @Nullable Card card(List<View> views) {
        return !views.isEmpty() && views.getFirst() instanceof View.Live product ? Card.of(product, views) : null;
    }

    private Uni<Map<UUID, Card>> fromTables(TenantId tenant, Collection<UUID> ids, Reader reader) {
        return products.load(tenant, ids)
                .chain(product -> prices.load(tenant, product.keySet())
                        .chain(price -> availability
                                .load(tenant, product.keySet())
                                .map(stock -> {
                                    var cards = new HashMap<UUID, Card>();
                                    product.forEach((id, state) -> {
                                        var card = card(List.of(
                                                product(state, reader),
                                                view(prices, price.get(id)),
                                                view(availability, stock.get(id))));
                                        if (card != null) {
                                            cards.put(id, card);
                                        }
                                    });
                                    return cards;
                                })));
    }

    private View product(StateAt<ProductState> at, Reader reader) {
        var state = at.state();
        if (state == null) {
            return new View.Gone(at.order());
        }
        byte @Nullable [] json = reader.staff() ? products.write(state) : products.render(state);
        return json == null ? new View.Gone(at.order()) : new View.Live(at.order(), Buffer.buffer(json));
    }

    private static <T> View view(ViewKind<T> kind, @Nullable StateAt<T> at) {
        if (at == null) {
            return new View.Absent();
        }
        byte @Nullable [] json = at.state() == null ? null : kind.render(at.state());
        return json == null ? new View.Gone(at.order()) : new View.Live(at.order(), Buffer.buffer(json));
    }
}
