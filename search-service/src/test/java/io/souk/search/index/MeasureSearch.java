package io.souk.search.index;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.souk.kit.id.Ids;
import io.souk.search.document.SearchDocument;
import io.souk.search.query.Facet;
import io.souk.search.query.PriceRanges;
import io.souk.search.taxonomy.Category;
import io.souk.search.taxonomy.CategoryTree;
import org.jboss.logging.Logger;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;

/**
 * Measures the engine by itself over real product names; not a test. Arguments: the file of products (by default
 * {@code ../shared/data/openfoodfacts-25k.jsonl.gz} beside the repository), and anything to measure indexing only.
 */
final class MeasureSearch {
    private static final Logger LOG = Logger.getLogger(MeasureSearch.class);
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final int WARM_UP = 1_000;
    private static final int MEASURED = 3_000;
    private static final int BATCH = 500;

    private final Random random = new Random(42);
    private final List<SearchDocument> products = new ArrayList<>();
    private final List<Category> categories = new ArrayList<>();

    public static void main(String[] arguments) throws IOException {
        var file = Path.of(arguments.length > 0 ? arguments[0] : "../../shared/data/openfoodfacts-25k.jsonl.gz");
        if (!Files.exists(file)) {
            LOG.infof("%s is not there: nothing to measure", file);
            return;
        }
        new MeasureSearch().run(file, arguments.length > 1);
    }

    private void run(Path file, boolean indexingOnly) throws IOException {
        read(file);
        var folder = Files.createTempDirectory("measure-search");
        try (var shelf = new Shelf(folder)) {
            long began = System.nanoTime();
            long computed = THREADS.getCurrentThreadCpuTime();
            for (int from = 0; from < products.size(); from += BATCH) {
                shelf.with(Shelf.TENANT, products.subList(from, Math.min(products.size(), from + BATCH)));
            }
            LOG.infof(
                    "%,d products indexed, refreshed every %d: %d ms, of which computing %d ms",
                    products.size(),
                    BATCH,
                    Duration.ofNanos(System.nanoTime() - began).toMillis(),
                    Duration.ofNanos(THREADS.getCurrentThreadCpuTime() - computed)
                            .toMillis());
            if (indexingOnly) {
                return;
            }
            measure("one word", () -> words(1), shelf, ask -> ask);
            measure("two words", () -> words(2), shelf, ask -> ask);
            measure("three words", () -> words(3), shelf, ask -> ask);
            measure("two words, one typo", () -> mistyped(words(2)), shelf, ask -> ask);
            measure("a prefix", () -> words(1).substring(0, 3), shelf, Shelf.Ask::asPrefix);
            measure("two words, four facets", () -> words(2), shelf, this::withFacets);
            measure("no words, four facets", () -> "", shelf, this::withFacets);
        } finally {
            try (var files = Files.list(folder)) {
                for (var each : files.toList()) {
                    Files.delete(each);
                }
            }
            Files.delete(folder);
        }
    }

    private Shelf.Ask withFacets(Shelf.Ask ask) {
        return ask.count(
                new Facet.ByCategory(20, new CategoryTree("1", categories)),
                new Facet.ByBrand(20),
                new Facet.ByType(20),
                new Facet.ByPrice("USD", PriceRanges.STANDARD));
    }

    private void measure(String what, Supplier<String> text, Shelf shelf, Function<Shelf.Ask, Shelf.Ask> more) {
        long[] micros = new long[MEASURED];
        long computed = 0;
        for (int i = -WARM_UP; i < MEASURED; i++) {
            var ask = more.apply(shelf.ask().text(text.get()).page(20, null));
            long began = System.nanoTime();
            long computedBefore = THREADS.getCurrentThreadCpuTime();
            ask.find();
            if (i >= 0) {
                computed += THREADS.getCurrentThreadCpuTime() - computedBefore;
                micros[i] = (System.nanoTime() - began) / 1_000;
            }
        }
        Arrays.sort(micros);
        LOG.infof(
                "%-24s p50 %,6d us  p90 %,6d us  p99 %,6d us  max %,7d us  computing %,6d us each",
                what,
                micros[MEASURED / 2],
                micros[MEASURED * 9 / 10],
                micros[MEASURED * 99 / 100],
                micros[MEASURED - 1],
                computed / MEASURED / 1_000);
    }

    private String words(int count) {
        var name = products.get(random.nextInt(products.size())).name().split("\\s+", -1);
        int from = random.nextInt(Math.max(1, name.length - count + 1));
        return String.join(" ", Arrays.asList(name).subList(from, Math.min(name.length, from + count)))
                + (name.length < count ? " food" : "   ");
    }

    private String mistyped(String text) {
        int at = random.nextInt(Math.max(1, text.length() - 1));
        return text.substring(0, at) + (char) ('a' + random.nextInt(26)) + text.substring(at + 1);
    }

    private void read(Path file) throws IOException {
        for (int i = 0; i < 60; i++) {
            var parent = i < 6 ? null : categories.get(random.nextInt(i)).id();
            categories.add(new Category(Ids.next(), "category " + i, null, parent));
        }
        var brands = IntStream.range(0, 500).mapToObj(_ -> Ids.next()).toList();
        var json = new ObjectMapper();
        try (var lines = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                var row = json.readTree(line);
                UUID brand = brands.get(random.nextInt(brands.size()));
                products.add(Products.called(row.get("name").asText())
                        .describedAs(row.get("ingredients").asText())
                        .ofType("grocery")
                        .ofBrand(brand, "Brand " + brands.indexOf(brand))
                        .in(categories.get(random.nextInt(categories.size())).id())
                        .withVariant(row.get("gtin").asText(), row.get("gtin").asText())
                        .costing(random.nextInt(10_000), "USD")
                        .make());
            }
        }
    }
}
