package io.souk.search.document;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.souk.kit.event.AggregateType;
import io.souk.kit.event.ChangeEvent;
import io.souk.kit.event.Envelope;
import io.souk.kit.event.Order;
import io.souk.kit.id.Ids;
import io.souk.kit.tenant.TenantId;
import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

import static org.assertj.core.api.Assertions.assertThat;

class DocumentPartsTest {
    private static final UUID ID = Ids.next();
    private static final UUID BRAND = Ids.next();
    private static final UUID CATEGORY = Ids.next();

    private static Envelope envelope(int epoch, long version) {
        return new Envelope(
                Ids.next(),
                new AggregateType("catalog", "product"),
                new TenantId("t"),
                ID,
                new Order(epoch, version),
                Instant.EPOCH,
                null,
                null);
    }

    private static <T> ChangeEvent<T> changed(long version, T state) {
        return new ChangeEvent.Changed<>(envelope(1, version), state);
    }

    private static ProductState product(String status, String name) {
        return new ProductState(
                status,
                name,
                null,
                "slug",
                "food",
                BRAND,
                List.of(CATEGORY),
                List.of("tag"),
                Map.of("level", JsonNodeFactory.instance.textNode("Glatt")),
                List.of(new ProductState.Medium("https://example.com/1.jpg")),
                List.of(new ProductState.Variant(Ids.next(), "SKU", null, Map.of(), List.of())),
                Instant.EPOCH);
    }

    private static PriceState price(long amount) {
        return new PriceState(List.of(new SearchDocument.Price(ID, amount, "USD")));
    }

    private static DocumentParts published() {
        var before = DocumentParts.unknown(ID);
        return before.withProduct(changed(1, product("PUBLISHED", "Milk"))).after(before);
    }

    @Test
    void givenADraft_whenApplied_thenThereIsNoDocumentAndNoVersion() {
        var before = DocumentParts.unknown(ID);

        var after = before.withProduct(changed(1, product("DRAFT", "Milk"))).after(before);

        assertThat(after.document()).isNull();
        assertThat(after.version()).isZero();
        assertThat(after.productOrder()).isEqualTo(new Order(1, 1));
    }

    @Test
    void givenAPriceBeforeItsProduct_whenBothAreApplied_thenOneDocumentHasBoth() {
        var before = DocumentParts.unknown(ID);
        var priced = before.withPrices(changed(3, price(100))).after(before);

        var after = priced.withProduct(changed(1, product("PUBLISHED", "Milk"))).after(priced);

        assertThat(priced.version()).isZero();
        assertThat(after.version()).isEqualTo(1);
        assertThat(Objects.requireNonNull(after.document()).prices()).hasSize(1);
    }

    @Test
    void givenRepeatedAndLateEvents_whenApplied_thenNothingMoves() {
        var second = published().withProduct(changed(2, product("PUBLISHED", "Fresh milk")));

        assertThat(second.withProduct(changed(2, product("PUBLISHED", "Repeated"))))
                .isSameAs(second);
        assertThat(second.withProduct(changed(1, product("PUBLISHED", "Late")))).isSameAs(second);
        assertThat(second.withProduct(new ChangeEvent.Deleted<>(envelope(1, 1))))
                .isSameAs(second);
    }

    @Test
    void givenEachPart_whenTheOtherIsNewer_thenItsOwnOrderDecides() {
        var parts = published().withPrices(changed(50, price(100)));

        assertThat(parts.withProduct(changed(2, product("PUBLISHED", "Two"))).product())
                .extracting(ProductState::name)
                .isEqualTo("Two");
        assertThat(parts.withAvailability(changed(1, new AvailabilityState(7))).available())
                .isEqualTo(7);
    }

    @Test
    void givenARestoredDatabase_whenItsEpochIsHigher_thenALowerVersionWins() {
        var parts = published().withProduct(changed(9, product("PUBLISHED", "Lost")));

        var restored = parts.withProduct(new ChangeEvent.Changed<>(envelope(2, 4), product("PUBLISHED", "Restored")));

        assertThat(restored.product()).extracting(ProductState::name).isEqualTo("Restored");
    }

    @Test
    void givenAnEventThatChangesNothingSearchedFor_whenApplied_thenTheVersionStays() {
        var before = published();

        var after = before.withProduct(changed(2, Objects.requireNonNull(before.product())))
                .after(before);

        assertThat(after.version()).isEqualTo(before.version());
        assertThat(after.productOrder()).isEqualTo(new Order(1, 2));
    }

    @Test
    void givenAPublishedProduct_whenArchivedDeletedAndPublishedAgain_thenVersionsGoOn() {
        var document = published();
        var archived =
                document.withProduct(changed(2, product("ARCHIVED", "Milk"))).after(document);
        var deleted =
                archived.withProduct(new ChangeEvent.Deleted<>(envelope(1, 3))).after(archived);
        var again =
                deleted.withProduct(changed(4, product("PUBLISHED", "Milk"))).after(deleted);

        assertThat(archived.document()).isNull();
        assertThat(archived.version()).isEqualTo(2);
        assertThat(deleted.version()).isEqualTo(2);
        assertThat(again.version()).isEqualTo(3);
        assertThat(Objects.requireNonNull(again.document()).version()).isEqualTo(3);
    }

    @Test
    void givenNames_whenTheyAreTaken_thenOnlyTheOwnOnesAreKept() {
        var named = published().withNames(Map.of(BRAND, "Halva", CATEGORY, "Sweets", Ids.next(), "Other"));

        var document = Objects.requireNonNull(named.document());

        assertThat(named.names()).hasSize(2);
        assertThat(Objects.requireNonNull(document.brand()).name()).isEqualTo("Halva");
        assertThat(document.categories()).extracting(SearchDocument.Named::name).containsExactly("Sweets");
    }

    @Test
    void givenTwoVersions_whenCompared_thenChangedNamesTheFieldsThatMoved() {
        var before = published();
        var after = before.withPrices(changed(1, price(5)))
                .withNames(Map.of(BRAND, "Halva"))
                .after(before);

        var document = Objects.requireNonNull(after.document()).since(before.document());

        assertThat(document.changed()).containsExactly("brand", "prices");
        assertThat(Objects.requireNonNull(before.document()).since(null).changed())
                .contains("name", "variants", "publishedAt");
    }
}
