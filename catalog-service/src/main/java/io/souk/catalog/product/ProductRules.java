package io.souk.catalog.product;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.souk.catalog.input.CanonicalJson;
import io.souk.catalog.input.Faults;
import io.souk.catalog.input.Pointers;
import io.souk.catalog.input.Slugs;
import io.souk.catalog.input.Texts;
import io.souk.kit.gtin.Gtin;
import io.souk.kit.id.Ids;
import io.souk.kit.sku.Sku;
import org.jspecify.annotations.Nullable;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;

/**
 * Turns what was sent into a content that keeps every rule that needs no look-up; what it refers to (type, brand,
 * categories, other products' SKUs) is for {@link CheckReferences}.
 */
public final class ProductRules {
    public static final int MAX_NAME = 500;
    public static final int MAX_DESCRIPTION = 20_000;
    public static final int MAX_SLUG = 200;
    public static final int MAX_TYPE = 64;
    public static final int MAX_CATEGORIES = 20;
    public static final int MAX_TAGS = 50;
    public static final int MAX_TAG = 100;
    public static final int MAX_MEDIA = 50;
    public static final int MAX_URL = 2_000;
    public static final int MAX_VARIANTS = 250;
    public static final int MAX_OPTIONS = 10;
    public static final int MAX_OPTION_NAME = 50;
    public static final int MAX_OPTION_VALUE = 200;
    public static final int MAX_GTINS = 20;

    /** Bytes of one product's attributes as JSON; a product must stay small enough to be an event and a cache entry. */
    public static final int MAX_ATTRIBUTES_BYTES = 64 * 1024;

    /**
     * Bytes of all that people write of one product, as JSON, 512 KiB. No single field comes near it, but many long ones together
     * would be more than an event may hold (900 KiB) once the ids, the moments and the names of what changed are added.
     */
    public static final int MAX_BYTES = 512 * 1024;

    private static final int MAX_ATTRIBUTES_DEPTH = 16;

    private final Faults faults;
    private final @Nullable Product before;

    private ProductRules(Faults faults, @Nullable Product before) {
        this.faults = faults;
        this.before = before;
    }

    /**
     * The content that a request describes; worth something only while {@code faults} has none.
     *
     * @param id of the product that is made or edited
     * @param before what is edited; null for a new product
     */
    public static ProductContent content(ProductRequest request, UUID id, @Nullable Product before, Faults faults) {
        return new ProductRules(faults, before).content(request, id);
    }

    private ProductContent content(ProductRequest request, UUID id) {
        Texts.line(faults, "/name", request.name(), MAX_NAME);
        Texts.optionalText(faults, "/description", request.description(), MAX_DESCRIPTION);
        Texts.optionalLine(faults, "/type", request.type(), MAX_TYPE);
        var name = Objects.requireNonNullElse(request.name(), "");
        return new ProductContent(
                name,
                request.description(),
                slug(request.slug(), name, id),
                request.type(),
                request.brandId(),
                categories(request.categoryIds()),
                tags(request.tags()),
                attributes(request),
                media(request.media()),
                variants(request.variants()));
    }

    private String slug(@Nullable String slug, String name, UUID id) {
        if (slug == null) {
            return before == null ? Slugs.unique(name, id) : before.content().slug();
        }
        if (!Slugs.isSlug(slug) || slug.length() > MAX_SLUG) {
            faults.at("/slug", "must be small letters, digits and single dashes, at most " + MAX_SLUG);
        }
        return slug;
    }

    private List<UUID> categories(@Nullable List<@Nullable UUID> sent) {
        var ids = new LinkedHashSet<UUID>();
        for (var entry : numbered("/categoryIds", sent, MAX_CATEGORIES)) {
            if (entry.value() == null) {
                faults.at(entry.pointer(), "must not be null");
            } else {
                ids.add(entry.value());
            }
        }
        return List.copyOf(ids);
    }

    private List<String> tags(@Nullable List<@Nullable String> sent) {
        var tags = new LinkedHashSet<String>();
        for (var entry : numbered("/tags", sent, MAX_TAGS)) {
            Texts.line(faults, entry.pointer(), entry.value(), MAX_TAG);
            if (entry.value() != null) {
                tags.add(entry.value());
            }
        }
        return List.copyOf(tags);
    }

    private ObjectNode attributes(ProductRequest request) {
        var sent = request.attributes();
        if (sent == null || sent.isEmpty()) {
            return JsonNodeFactory.instance.objectNode();
        }
        if (request.type() == null) {
            faults.at("/attributes", "must be empty without a product type");
        }
        var canonical = CanonicalJson.object(faults, "/attributes", sent, MAX_ATTRIBUTES_BYTES, MAX_ATTRIBUTES_DEPTH);
        if (canonical.toString().getBytes(StandardCharsets.UTF_8).length > MAX_ATTRIBUTES_BYTES) {
            faults.at("/attributes", "must not be larger than " + MAX_ATTRIBUTES_BYTES + " bytes");
        }
        return canonical;
    }

    private List<Media> media(@Nullable List<ProductRequest.@Nullable MediaRequest> sent) {
        var media = new ArrayList<Media>();
        for (var entry : numbered("/media", sent, MAX_MEDIA)) {
            var picture = entry.value();
            if (picture == null) {
                faults.at(entry.pointer(), "must not be null");
                continue;
            }
            url(entry.pointer() + "/url", picture.url());
            Texts.optionalLine(faults, entry.pointer() + "/alt", picture.alt(), MAX_NAME);
            media.add(new Media(Objects.requireNonNullElse(picture.url(), ""), picture.alt()));
        }
        return media;
    }

    private void url(String pointer, @Nullable String url) {
        Texts.line(faults, pointer, url, MAX_URL);
        if (url != null && !url.isBlank() && !isWebAddress(url)) {
            faults.at(pointer, "must be an http or https address");
        }
    }

    /** Anything else, such as {@code javascript:}, would be run by whoever shows it. */
    private static boolean isWebAddress(String url) {
        try {
            var uri = new URI(url);
            return uri.getHost() != null
                    && ("https".equalsIgnoreCase(uri.getScheme()) || "http".equalsIgnoreCase(uri.getScheme()));
        } catch (URISyntaxException notAnAddress) {
            return false;
        }
    }

    private List<Variant> variants(@Nullable List<ProductRequest.@Nullable VariantRequest> sent) {
        var variants = new ArrayList<Variant>();
        var ids = new HashSet<UUID>();
        var skus = new HashMap<String, String>();
        var gtins = new HashMap<Gtin, String>();
        for (var entry : numbered("/variants", sent, MAX_VARIANTS)) {
            var variant = entry.value();
            if (variant == null) {
                faults.at(entry.pointer(), "must not be null");
                continue;
            }
            variant(entry.pointer(), variant, ids, skus, gtins).ifPresent(variants::add);
        }
        return variants;
    }

    private Optional<Variant> variant(
            String at,
            ProductRequest.VariantRequest sent,
            Set<UUID> ids,
            Map<String, String> skus,
            Map<Gtin, String> gtins) {
        Texts.optionalLine(faults, at + "/name", sent.name(), MAX_NAME);
        var options = options(at + "/options", sent.options());
        var numbers = gtins(at + "/gtins", sent.gtins(), gtins);
        var fault = Sku.fault(sent.sku());
        if (sent.sku() == null || fault != null) {
            faults.at(at + "/sku", fault == null ? "is required" : fault);
            return Optional.empty();
        }
        var sku = new Sku(sent.sku());
        var sibling = skus.putIfAbsent(sku.key(), at + "/sku");
        if (sibling != null) {
            faults.at(at + "/sku", "is the same as " + sibling);
        }
        return Optional.of(new Variant(variantId(at, sent.id(), sku, ids), sku, sent.name(), options, numbers));
    }

    /** The id that was sent if it is one of the product's; else that of the variant with this SKU; else a new one. */
    private UUID variantId(String at, @Nullable UUID sent, Sku sku, Set<UUID> taken) {
        var known = before == null ? List.<Variant>of() : before.content().variants();
        if (sent != null) {
            if (known.stream().noneMatch(variant -> variant.id().equals(sent))) {
                faults.at(at + "/id", "is not a variant of this product");
            } else if (!taken.add(sent)) {
                faults.at(at + "/id", "stands twice");
            }
            return sent;
        }
        return known.stream()
                .filter(variant -> variant.sku().key().equals(sku.key()))
                .map(Variant::id)
                .filter(taken::add)
                .findFirst()
                .orElseGet(Ids::next);
    }

    private SortedMap<String, String> options(String at, @Nullable Map<String, @Nullable String> sent) {
        var options = new TreeMap<String, String>();
        if (sent == null) {
            return options;
        }
        if (sent.size() > MAX_OPTIONS) {
            faults.at(at, "must not hold more than " + MAX_OPTIONS + " options");
            return options;
        }
        sent.forEach((name, value) -> {
            var pointer = Pointers.child(at, name);
            Texts.line(faults, pointer, name, MAX_OPTION_NAME);
            Texts.line(faults, pointer, value, MAX_OPTION_VALUE);
            options.put(name, Objects.requireNonNullElse(value, ""));
        });
        return options;
    }

    private List<Gtin> gtins(String at, @Nullable List<@Nullable String> sent, Map<Gtin, String> seen) {
        var gtins = new ArrayList<Gtin>();
        for (var entry : numbered(at, sent, MAX_GTINS)) {
            var gtin = entry.value() == null ? Optional.<Gtin>empty() : Gtin.parse(entry.value());
            if (gtin.isEmpty()) {
                faults.at(entry.pointer(), "is not a GTIN: 8, 12, 13 or 14 digits with a valid check digit");
                continue;
            }
            var sibling = seen.putIfAbsent(gtin.get(), entry.pointer());
            if (sibling != null) {
                faults.at(entry.pointer(), "is the same as " + sibling);
            }
            gtins.add(gtin.get());
        }
        return gtins;
    }

    private record Numbered<T extends @Nullable Object>(String pointer, T value) {}

    private <T extends @Nullable Object> List<Numbered<T>> numbered(String at, @Nullable List<T> sent, int max) {
        if (sent == null) {
            return List.of();
        }
        if (sent.size() > max) {
            faults.at(at, "must not hold more than " + max);
            return List.of();
        }
        var entries = new ArrayList<Numbered<T>>(sent.size());
        for (int i = 0; i < sent.size(); i++) {
            entries.add(new Numbered<>(Pointers.child(at, i), sent.get(i)));
        }
        return entries;
    }
}
