package io.souk.chaos.harvest;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.souk.chaos.evidence.Fact;
import io.souk.chaos.evidence.Lines;
import io.souk.chaos.evidence.Order;
import io.souk.chaos.evidence.Thing;
import io.souk.chaos.fleet.Database;
import io.souk.chaos.fleet.Fleet;
import io.souk.chaos.fleet.Journal;
import io.souk.chaos.fleet.Log;
import io.souk.chaos.fleet.RedisDirect;
import io.souk.stack.StackException;
import io.vertx.redis.client.Command;
import org.apache.kafka.common.TopicPartition;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Takes down, once all is at rest, what the tables, the log, the cache and the services hold. */
public final class Harvest {
    /** {@code {service:shard}h:generation:lookup:tenant/key}, as the kit's Keyspace names it. */
    private static final Pattern HINT = Pattern.compile("\\{catalog:\\d+}h:[^:]+:[^:]+:([^:/]+)/.*", Pattern.DOTALL);

    /** What the catalogue caches under their own names. */
    private static final Set<String> CACHED = Set.of(Thing.PRODUCT, Thing.PRICE, Thing.AVAILABILITY);

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Fleet fleet;
    private final Tables tables;
    private final Set<String> tenants;
    private final Lines history;

    public Harvest(Fleet fleet, Set<String> tenants, Lines history) {
        this.fleet = fleet;
        this.tables = new Tables(new Database(fleet));
        this.tenants = tenants;
        this.history = history;
    }

    public void commits() {
        Journal.read(new Database(fleet)).forEach(history::add);
    }

    /** The owners' rows, and what others know of them. */
    public void rows() {
        tables.rows(_ -> true).forEach(history::add);
        tables.copies().forEach(history::add);
    }

    /** Every level of stock as it is now. */
    List<Fact> levels() {
        return Books.seen(new Database(fleet));
    }

    /** What goods and money come to, of one moment, in the provider's books too; and what the services' own verification finds there. */
    public void books() {
        var database = new Database(fleet);
        Books.atRest(database).forEach(history::add);
        Books.ofProvider(fleet.providerBook()).forEach(history::add);
        tenants.forEach(tenant -> Books.verifications(fleet, tenant).forEach(history::add));
    }

    public void log() {
        try (var log = new Log(fleet, tenants)) {
            log.read(history::add, history::add);
        }
    }

    /** Each card as the database alone makes it. */
    public void views() throws IOException {
        for (var product : products()) {
            var answer = fleet.get(
                    "catalog-1",
                    product.tenant(),
                    "customer",
                    "/v1/products/" + product.id(),
                    "Cache-Control",
                    "no-cache");
            if (answer.statusCode() == 200) {
                Views.ofCard(product.tenant(), product.id(), answer.body()).forEach(history::add);
            } else if (answer.statusCode() == 404) {
                history.add(new Fact.Served(product, Order.NONE, null, null));
            } else {
                throw new StackException("The card %s is answered with %d.".formatted(product, answer.statusCode()));
            }
        }
    }

    /** Takes down every entry of the cache, beside its row. */
    public void entries(String when) {
        entries()
                .forEach(entry -> history.add(
                        new Fact.Cached(when, entry.thing(), entry.order(), entry.bytes(), entry.rowOrder())));
        try (var redis = new RedisDirect(fleet)) {
            hints(redis);
        }
    }

    /** The entries of the cache, and then their rows, which may be newer meanwhile. */
    List<Fact.Cached> entries() {
        try (var redis = new RedisDirect(fleet)) {
            var entries = CacheEntry.all(redis, tables.generations());
            var rows =
                    tables.rows(CACHED::contains).stream().collect(Collectors.toMap(Fact.Row::thing, Fact.Row::order));
            return entries.stream()
                    .filter(entry -> CACHED.contains(entry.thing().aggregate()))
                    .map(entry -> new Fact.Cached(
                            "now",
                            entry.thing(),
                            entry.order(),
                            entry.bytes(),
                            rows.getOrDefault(entry.thing(), Order.NONE)))
                    .toList();
        }
    }

    /** A hint leads to a product of its own tenant. */
    private void hints(RedisDirect redis) {
        var owners = products().stream().collect(Collectors.toMap(Thing::id, Thing::tenant));
        for (var key : redis.keys()) {
            var hint = HINT.matcher(key);
            if (hint.matches()) {
                var value = redis.send(Command.GET, key);
                var owner = value == null ? null : owners.get(value.toString());
                boolean wrong = owner != null && !owner.equals(hint.group(1));
                history.add(new Fact.Found(9, wrong, "the hint %s leads to a product of %s".formatted(key, owner)));
            }
        }
    }

    /** What the search finds: every published product, none that is deleted, none of another tenant. */
    public void search() {
        found().forEach(history::add);
    }

    /** What the search finds and should not, and what it should find and does not. */
    List<String> misfound() {
        return found().stream().filter(Fact.Found::wrong).map(Fact.Found::what).toList();
    }

    private List<Fact.Found> found() {
        var live = new HashMap<String, Set<String>>();
        for (var row : published()) {
            live.computeIfAbsent(row.tenant(), _ -> new HashSet<>()).add(row.id());
        }
        var all = new ArrayList<Fact.Found>();
        for (var tenant : tenants) {
            var found = found(tenant);
            var own = live.getOrDefault(tenant, Set.of());
            own.forEach(id -> all.add(
                    new Fact.Found(7, !found.contains(id), "%s/%s is not found by the search".formatted(tenant, id))));
            found.forEach(id -> all.add(new Fact.Found(
                    8, !own.contains(id), "%s/%s is found by the search and not there".formatted(tenant, id))));
        }
        return all;
    }

    /** The readers of foreign topics that have not applied the last event of a partition yet. */
    List<String> positionsBehind(Map<TopicPartition, Long> lastEvents) {
        return tables.positions().stream()
                .filter(position -> lastEvents.getOrDefault(position.of(), -1L) > position.offset())
                .map(position -> "%s at %d of %s".formatted(position.consumer(), position.offset(), position.of()))
                .toList();
    }

    /** The products that everyone of their tenant sees. */
    List<Thing> published() {
        return tables.published();
    }

    private Set<String> found(String tenant) {
        var path = "/v1/search?limit=100&q=" + URLEncoder.encode(tenant + " lamp", StandardCharsets.UTF_8);
        var answer = fleet.get("search-1", tenant, "customer", path);
        try {
            var ids = new HashSet<String>();
            JSON.readTree(answer.body())
                    .path("items")
                    .forEach(item -> ids.add(item.path("id").asText()));
            return ids;
        } catch (IOException e) {
            throw new StackException("The search does not answer with JSON: %s.".formatted(e.getMessage()), e);
        }
    }

    private List<Thing> products() {
        return tables.rows(Thing.PRODUCT::equals).stream().map(Fact.Row::thing).toList();
    }
}
