package io.souk.search.index;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.souk.kit.money.Money;
import io.souk.search.document.SearchDocument;
import io.souk.search.query.FoundProduct;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/** What a result shows of a product, as it is stored in the index: enough to answer without a database. */
@RegisterForReflection
record ShownProduct(
        UUID id,
        String name,
        @Nullable String slug,
        @Nullable UUID brandId,
        @Nullable String brandName,
        @Nullable String type,
        @Nullable String image,
        List<Span> prices,
        long available) {

    /** Lowest and highest price of the variants in one currency, in minor units. */
    @RegisterForReflection
    record Span(String currency, long lowest, long highest) {
        Span with(long amount) {
            return new Span(currency, Math.min(lowest, amount), Math.max(highest, amount));
        }
    }

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final ObjectReader READER = JSON.readerFor(ShownProduct.class);
    private static final ObjectWriter WRITER = JSON.writerFor(ShownProduct.class);

    static ShownProduct of(SearchDocument document) {
        var brand = document.brand();
        return new ShownProduct(
                document.id(),
                document.name(),
                document.slug(),
                brand == null ? null : brand.id(),
                brand == null ? null : brand.name(),
                document.type(),
                document.image(),
                spans(document.prices()),
                document.available());
    }

    byte[] toBytes() {
        try {
            return WRITER.writeValueAsBytes(this);
        } catch (JsonProcessingException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    static ShownProduct of(byte[] bytes, int offset, int length) throws IOException {
        return READER.readValue(bytes, offset, length);
    }

    /** As found, with prices in that currency, or in the first one that it has. */
    FoundProduct found(@Nullable String currency, @Nullable Float score) {
        var span = prices.stream()
                .filter(price -> currency == null || price.currency().equals(currency))
                .findFirst()
                .orElse(null);
        return new FoundProduct(
                id,
                name,
                slug,
                brandId == null ? null : new FoundProduct.Brand(brandId, brandName),
                type,
                image,
                span == null ? null : new Money(span.lowest(), span.currency()),
                span == null ? null : new Money(span.highest(), span.currency()),
                available,
                score);
    }

    private static List<Span> spans(List<SearchDocument.Price> prices) {
        Map<String, Span> spans = new TreeMap<>();
        for (var price : prices) {
            spans.merge(
                    price.currency(),
                    new Span(price.currency(), price.amount(), price.amount()),
                    (known, _) -> known.with(price.amount()));
        }
        return List.copyOf(spans.values());
    }
}
