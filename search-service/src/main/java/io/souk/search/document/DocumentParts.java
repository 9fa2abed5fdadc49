package io.souk.search.document;

import io.souk.kit.event.ChangeEvent;
import io.souk.kit.event.Order;
import org.jspecify.annotations.Nullable;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

/**
 * Everything that search knows of a product: three parts, each as of its own order (null: nothing heard of it yet), and the
 * names that it last saw for the brand and the categories.
 *
 * @param version of the document; 0 when there was never one
 * @param product null when it was not heard of, or was deleted
 */
record DocumentParts(
        UUID id,
        long version,
        @Nullable Order productOrder,
        @Nullable ProductState product,
        @Nullable Order priceOrder,
        PriceState prices,
        @Nullable Order availabilityOrder,
        long available,
        Map<UUID, String> names) {
    DocumentParts {
        names = Map.copyOf(names);
    }

    /** The parts of a product that nothing has been heard of. */
    static DocumentParts unknown(UUID id) {
        return new DocumentParts(id, 0, null, null, null, PriceState.NONE, null, 0, Map.of());
    }

    /** With the product as the event says; the same parts when the event is not newer. */
    DocumentParts withProduct(ChangeEvent<ProductState> event) {
        return isOld(event, productOrder)
                ? this
                : new DocumentParts(
                        id,
                        version,
                        event.envelope().order(),
                        state(event),
                        priceOrder,
                        prices,
                        availabilityOrder,
                        available,
                        names);
    }

    /** As {@link #withProduct}, for its prices. */
    DocumentParts withPrices(ChangeEvent<PriceState> event) {
        if (isOld(event, priceOrder)) {
            return this;
        }
        @Nullable PriceState state = state(event);
        return new DocumentParts(
                id,
                version,
                productOrder,
                product,
                event.envelope().order(),
                state == null ? PriceState.NONE : state,
                availabilityOrder,
                available,
                names);
    }

    /** As {@link #withProduct}, for its availability. */
    DocumentParts withAvailability(ChangeEvent<AvailabilityState> event) {
        if (isOld(event, availabilityOrder)) {
            return this;
        }
        @Nullable AvailabilityState state = state(event);
        return new DocumentParts(
                id,
                version,
                productOrder,
                product,
                priceOrder,
                prices,
                event.envelope().order(),
                state == null ? 0 : state.available(),
                names);
    }

    /** With today's names of its brand and categories; a name that is not given is not known. */
    DocumentParts withNames(Map<UUID, String> given) {
        var own = new HashMap<UUID, String>();
        for (var id : named()) {
            @Nullable String name = given.get(id);
            if (name != null) {
                own.put(id, name);
            }
        }
        return new DocumentParts(
                id, version, productOrder, product, priceOrder, prices, availabilityOrder, available, own);
    }

    /** The brand and the categories of the product. */
    Set<UUID> named() {
        return product == null ? Set.of() : product.named();
    }

    /** In the next version if the document that they make differs from the one that those parts made; else in the same. */
    DocumentParts after(DocumentParts before) {
        boolean same = Objects.equals(before.content(), content());
        return new DocumentParts(
                id,
                same ? before.version : before.version + 1,
                productOrder,
                product,
                priceOrder,
                prices,
                availabilityOrder,
                available,
                names);
    }

    /** The document, without telling what has changed; null while the product is not published. */
    @Nullable
    SearchDocument document() {
        return document(version);
    }

    private @Nullable SearchDocument content() {
        return document(0);
    }

    /** Whether the document says less than the parts, since it would be too large. */
    boolean isTrimmed() {
        @Nullable SearchDocument whole = whole(version);
        return whole != null && !whole.equals(DocumentBounds.within(whole));
    }

    private @Nullable SearchDocument document(long inVersion) {
        @Nullable SearchDocument whole = whole(inVersion);
        return whole == null ? null : DocumentBounds.within(whole);
    }

    private @Nullable SearchDocument whole(long inVersion) {
        if (product == null || !product.isPublished()) {
            return null;
        }
        return new SearchDocument(
                id,
                inVersion,
                product.name(),
                product.description() == null ? "" : product.description(),
                product.slug(),
                product.type(),
                product.brandId() == null ? null : named(product.brandId()),
                product.categoryIds().stream().map(this::named).toList(),
                product.tags(),
                product.attributes(),
                product.media().isEmpty() ? null : product.media().getFirst().url(),
                product.variants().stream().map(ProductState.Variant::searched).toList(),
                prices.prices(),
                available,
                product.publishedAt(),
                Set.of());
    }

    private SearchDocument.Named named(UUID brandOrCategory) {
        return new SearchDocument.Named(brandOrCategory, names.get(brandOrCategory));
    }

    private static boolean isOld(ChangeEvent<?> event, @Nullable Order known) {
        return known != null && event.envelope().order().compareTo(known) <= 0;
    }

    private static <T> @Nullable T state(ChangeEvent<T> event) {
        return switch (event) {
            case ChangeEvent.Changed<T> changed -> changed.state();
            case ChangeEvent.Deleted<T> _ -> null;
        };
    }
}
