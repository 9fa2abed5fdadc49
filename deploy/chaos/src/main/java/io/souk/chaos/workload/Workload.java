package io.souk.chaos.workload;

import io.souk.chaos.evidence.Lines;
import io.souk.chaos.fleet.Fleet;
import io.souk.stack.StackException;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Writers, readers and buyers of some tenants, each in a thread of its own, with a pause after each step. */
public final class Workload {
    private static final int WRITERS = 2;
    private static final int READERS = 3;
    private static final int WRITER_PAUSE_MILLIS = 250;
    private static final int READER_PAUSE_MILLIS = 120;
    private static final int BUYERS = 2;
    private static final int BUYER_PAUSE_MILLIS = 500;
    private static final int RECEIPT_TRIES = 20;
    private static final int NOT_FOR_SALE = 422;

    private final List<Thread> threads = new ArrayList<>();
    private final Map<String, Shelf> shelves = new LinkedHashMap<>();
    private final Map<String, Shopkeeper> keepers = new HashMap<>();
    private volatile boolean going = true;

    /** @param tenants at least two */
    public Workload(Fleet fleet, List<String> tenants, long seed, Lines history) {
        var random = new Random(seed);
        var names = Set.copyOf(tenants);
        var doors = Doors.of(fleet);
        var gateway = doors.gateway();
        var catalogue = doors.catalogue();
        var sold = tenants.stream().collect(Collectors.toMap(tenant -> tenant, _ -> new Sold()));
        tenants.forEach(tenant -> shelves.put(tenant, new Shelf()));
        shelves.forEach((tenant, shelf) -> {
            var others =
                    shelves.values().stream().filter(other -> other != shelf).toList();
            var admin = fleet.token(tenant, "admin");
            var customer = fleet.token(tenant, "customer");
            for (int i = 0; i < WRITERS; i++) {
                var client = new Client(tenant + "-writer-" + i, tenant, admin, false, names, history);
                var keeper = new Shopkeeper(client, shelf, new Random(random.nextLong()), catalogue, gateway);
                keepers.put(tenant, keeper);
                threads.add(loop(keeper::step, WRITER_PAUSE_MILLIS, new Random(random.nextLong())));
            }
            for (int i = 0; i < READERS; i++) {
                boolean remembering = i > 0;
                var token = i == 1 ? admin : customer;
                var client = new Client(tenant + "-reader-" + i, tenant, token, remembering, names, history);
                var shopper = new Shopper(client, shelf, others, new Random(random.nextLong()), catalogue, gateway);
                threads.add(loop(shopper::step, READER_PAUSE_MILLIS, new Random(random.nextLong())));
            }
            var own = Objects.requireNonNull(sold.get(tenant));
            for (int i = 0; i < BUYERS; i++) {
                var name = tenant + "-buyer-" + i;
                var buyer = new Buyer(
                        name,
                        subject -> new Client(
                                subject, tenant, fleet.token(tenant, "customer", subject), true, names, history),
                        new Client(name + "-staff", tenant, admin, false, names, history),
                        shelf,
                        own,
                        sold.values().stream().filter(other -> other != own).toList(),
                        new Random(random.nextLong()),
                        doors,
                        history);
                threads.add(loop(buyer::step, BUYER_PAUSE_MILLIS, new Random(random.nextLong())));
            }
        });
    }

    private Thread loop(Runnable step, int pauseMillis, Random random) {
        return Thread.ofVirtual().unstarted(() -> {
            while (going) {
                step.run();
                pause(1 + random.nextInt(2 * pauseMillis));
            }
        });
    }

    private static void pause(int millis) {
        try {
            TimeUnit.MILLISECONDS.sleep(millis);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    public void start() {
        threads.forEach(Thread::start);
    }

    /** Comes back when the last request has ended. */
    public void stop() throws InterruptedException {
        going = false;
        for (var thread : threads) {
            thread.join();
        }
    }

    /**
     * After the end: goods of that SKU come in, unless the catalogue has it no more.
     *
     * @param lot null, as is its last day, for what has none
     */
    public void receive(String tenant, String sku, @Nullable String lot, @Nullable String lastDay)
            throws InterruptedException {
        var keeper = Objects.requireNonNull(keepers.get(tenant));
        for (int i = 0; i < RECEIPT_TRIES; i++) {
            var answer = keeper.receive(sku, lot, lastDay);
            if (answer.ok() || answer.status() == NOT_FOR_SALE) {
                return;
            }
            TimeUnit.SECONDS.sleep(1);
        }
        throw new StackException("No goods of %s come in to %s.".formatted(sku, tenant));
    }
}
