package io.souk.chaos.workload;

import org.jspecify.annotations.Nullable;

import java.util.Random;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** The products of one tenant as its clients know them together. Bounded; safe for several threads. */
final class Shelf {
    /** So few that each is written often, and that one page shows all of them. */
    static final int ROOM = 40;

    private static final int GONE_KEPT = 20;

    private final CopyOnWriteArrayList<Item> items = new CopyOnWriteArrayList<>();
    private final ConcurrentLinkedDeque<Item> gone = new ConcurrentLinkedDeque<>();
    private final AtomicInteger made = new AtomicInteger();

    /** A product, with the versions that the next change of it takes. Several clients may have it in hand, and one of them is refused. */
    static final class Item {
        final String id;
        final String sku;
        volatile long version;
        volatile long priceVersion;

        /** Whether somebody does not know how a change ended. */
        volatile boolean doubtful;

        /** Whether goods that are for sale have come in. */
        volatile boolean stocked;

        Item(String id, String sku, long version) {
            this.id = id;
            this.sku = sku;
            this.version = version;
        }
    }

    /** Of one SKU in six there is never much. */
    static boolean isScarce(String sku) {
        return Math.floorMod(sku.hashCode(), 6) == 0;
    }

    /** Of two SKUs in seven nothing ever comes in: what has stock is not deleted, and some must be. */
    static boolean isStocked(String sku) {
        return Math.floorMod(sku.hashCode(), 7) > 1;
    }

    void add(Item item) {
        items.add(item);
    }

    void remove(Item item) {
        if (items.remove(item)) {
            gone.addFirst(item);
            if (gone.size() > GONE_KEPT) {
                gone.pollLast();
            }
        }
    }

    int size() {
        return items.size();
    }

    /** The number of the next product. */
    int next() {
        return made.incrementAndGet();
    }

    /** Any of them; half of the time one of the first few, which are written most. */
    @Nullable
    Item any(Random random) {
        return any(items.stream(), random);
    }

    /** As {@link #any}, of those that goods have come in of. */
    @Nullable
    Item anyStocked(Random random) {
        return any(items.stream().filter(item -> item.stocked), random);
    }

    private static @Nullable Item any(Stream<Item> items, Random random) {
        var now = items.toArray(Item[]::new);
        if (now.length == 0) {
            return null;
        }
        return now[random.nextInt(random.nextBoolean() ? Math.min(4, now.length) : now.length)];
    }

    /** One of those deleted last. */
    @Nullable
    Item anyGone(Random random) {
        var some = gone.toArray(Item[]::new);
        return some.length == 0 ? null : some[random.nextInt(some.length)];
    }

    /** A SKU that a deleted product has given back, once. */
    @Nullable
    String freedSku() {
        return gone.stream()
                .map(item -> item.sku)
                .filter(sku -> items.stream().noneMatch(item -> item.sku.equals(sku)))
                .findFirst()
                .orElse(null);
    }
}
