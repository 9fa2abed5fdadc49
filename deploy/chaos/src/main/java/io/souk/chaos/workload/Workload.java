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

/** Writers, readers, buyers and clerks of some tenants, each in a thread of its own, with a pause after each step. */
public final class Workload {
    private static final String ADMIN = "admin";
    private static final String CUSTOMER = "customer";
    private static final int WRITERS = 2;
    private static final int READERS = 3;
    private static final int WRITER_PAUSE_MILLIS = 250;
    private static final int READER_PAUSE_MILLIS = 120;
    private static final int BUYERS = 2;

    /** Each order makes a dozen of commits and events in three services, so many of them would keep a restart waiting for long. */
    private static final int BUYER_PAUSE_MILLIS = 3_000;

    /** Of each order some eight steps, looks included: more than it takes to bring it to its end. */
    private static final int CLERK_PAUSE_MILLIS = 250;

    private static final int RECEIPT_TRIES = 20;
    private static final int NOT_FOR_SALE = 422;

    private final Fleet fleet;
    private final Set<String> tenants;
    private final Random random;
    private final Lines history;
    private final Doors doors;
    private final List<Thread> threads = new ArrayList<>();
    private final Map<String, Shelf> shelves = new LinkedHashMap<>();
    private final Map<String, Sold> sold = new LinkedHashMap<>();
    private final Map<String, Shopkeeper> keepers = new HashMap<>();
    private volatile boolean going = true;

    /** @param tenants at least two */
    public Workload(Fleet fleet, List<String> tenants, long seed, Lines history) {
        this.fleet = fleet;
        this.tenants = Set.copyOf(tenants);
        this.random = new Random(seed);
        this.history = history;
        this.doors = Doors.of(fleet);
        for (var tenant : tenants) {
            shelves.put(tenant, new Shelf());
            sold.put(tenant, new Sold());
        }
        shelves.forEach((tenant, shelf) -> {
            writers(tenant, shelf);
            readers(tenant, shelf);
            sales(tenant, shelf);
        });
    }

    private Client client(String tenant, String name, String role, boolean remembering) {
        return new Client(name, tenant, fleet.token(tenant, role, name), remembering, tenants, history);
    }

    /** Each draws for itself, so that one's haste changes nothing for the others. */
    private Random draw() {
        return new Random(random.nextLong());
    }

    private void writers(String tenant, Shelf shelf) {
        for (int i = 0; i < WRITERS; i++) {
            var client = client(tenant, tenant + "-writer-" + i, ADMIN, false);
            var moves = new Moves(client, draw(), history);
            var keeper = new Shopkeeper(client, moves, shelf, draw(), doors.catalogue(), doors.gateway());
            keepers.put(tenant, keeper);
            add(keeper::step, WRITER_PAUSE_MILLIS);
        }
    }

    private void readers(String tenant, Shelf shelf) {
        var others = shelves.values().stream().filter(other -> other != shelf).toList();
        for (int i = 0; i < READERS; i++) {
            var client = client(tenant, tenant + "-reader-" + i, i == 1 ? ADMIN : CUSTOMER, i > 0);
            var shopper = new Shopper(client, shelf, others, draw(), doors.catalogue(), doors.gateway());
            add(shopper::step, READER_PAUSE_MILLIS);
        }
    }

    /** Those who buy, and who sees to what they have bought. */
    private void sales(String tenant, Shelf shelf) {
        var own = Objects.requireNonNull(sold.get(tenant));
        var others = sold.values().stream().filter(other -> other != own).toList();
        var backlog = new Backlog();
        for (int i = 0; i < BUYERS; i++) {
            var name = tenant + "-buyer-" + i;
            var buyer = new Buyer(
                    name,
                    subject -> client(tenant, subject, CUSTOMER, true),
                    client(tenant, name + "-staff", ADMIN, false),
                    backlog,
                    shelf,
                    own,
                    others,
                    draw(),
                    doors,
                    history);
            add(buyer::step, BUYER_PAUSE_MILLIS);
        }
        var till = new Till(client(tenant, tenant + "-clerk", ADMIN, false), draw(), doors.orders(), history);
        add(new Clerk(backlog, till, draw())::step, CLERK_PAUSE_MILLIS);
    }

    private void add(Runnable step, int pauseMillis) {
        threads.add(loop(step, pauseMillis, draw()));
    }

    private Thread loop(Runnable step, int pauseMillis, Random random) {
        return Thread.ofVirtual().unstarted(() -> {
            while (going) {
                step.run();
                Pause.millis(1 + random.nextInt(2 * pauseMillis));
            }
        });
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
