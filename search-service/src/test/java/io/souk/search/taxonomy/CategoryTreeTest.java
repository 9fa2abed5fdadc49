package io.souk.search.taxonomy;

import io.souk.kit.id.Ids;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.UUID;

import static org.assertj.core.api.Assertions.assertThat;

class CategoryTreeTest {
    private final UUID food = Ids.next();
    private final UUID sweets = Ids.next();
    private final UUID chocolate = Ids.next();
    private final UUID fashion = Ids.next();

    private static Category category(UUID id, String slug, @Nullable UUID parent) {
        return new Category(id, slug, slug, parent);
    }

    @Test
    void givenATree_whenWalked_thenDescendantsAndAncestorsAreComplete() {
        var tree = new CategoryTree(
                "1",
                List.of(
                        category(chocolate, "chocolate", sweets),
                        category(food, "food", null),
                        category(sweets, "sweets", food),
                        category(fashion, "fashion", null)));

        assertThat(tree.withDescendants(food)).containsExactlyInAnyOrder(food, sweets, chocolate);
        assertThat(tree.withDescendants(chocolate)).containsExactly(chocolate);
        assertThat(tree.withAncestors(chocolate)).containsExactly(chocolate, sweets, food);
        assertThat(tree.withSlug("sweets")).containsExactly(sweets);
        assertThat(tree.withSlug("Sweets")).isEmpty();
    }

    @Test
    void givenParentsInACircle_whenWalked_thenItEnds() {
        var tree = new CategoryTree("1", List.of(category(food, "food", sweets), category(sweets, "sweets", food)));

        assertThat(tree.withDescendants(food)).containsExactlyInAnyOrder(food, sweets);
        assertThat(tree.withAncestors(food)).containsExactly(food, sweets);
    }

    @Test
    void givenAParentThatIsNotKnown_whenWalked_thenThePathEndsThere() {
        var tree = new CategoryTree("1", List.of(category(sweets, "sweets", food)));

        assertThat(tree.withAncestors(sweets)).containsExactly(sweets, food);
        assertThat(tree.withDescendants(food)).containsExactlyInAnyOrder(food, sweets);
        assertThat(tree.withAncestors(chocolate)).containsExactly(chocolate);
    }
}
