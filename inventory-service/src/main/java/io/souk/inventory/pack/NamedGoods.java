package io.souk.inventory.pack;

import io.souk.inventory.pack.Goods.Packed;
import io.souk.inventory.variant.NamedVariants;
import io.souk.inventory.variant.Variant;
import io.souk.inventory.variant.VariantName;
import io.souk.kit.gtin.Gtin;
import io.souk.kit.problem.Problem;
import org.jspecify.annotations.Nullable;

import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

import static io.souk.inventory.InventoryProblem.UNKNOWN_GTIN;
import static io.souk.kit.problem.KitProblem.INVALID;

/** The packs and variants that were found by what some lines name. */
public final class NamedGoods {
    private final Map<Gtin, Pack> packs;
    private final NamedVariants variants;
    private final Map<UUID, Variant> gone;

    NamedGoods(Map<Gtin, Pack> packs, NamedVariants variants) {
        this(packs, variants, Map.of());
    }

    private NamedGoods(Map<Gtin, Pack> packs, NamedVariants variants, Map<UUID, Variant> gone) {
        this.packs = packs;
        this.variants = variants;
        this.gone = gone;
    }

    /** With variants that the catalogue does not have any more: only who says their ids means them, no pack does. */
    public NamedGoods and(Map<UUID, Variant> others) {
        return new NamedGoods(packs, variants, others);
    }

    /** What keeps packs from being units, naming the lines: {@code UNKNOWN_GTIN}, or more units than a line may say; null for nothing. */
    public @Nullable Problem faultOfPacks(Collection<? extends AmountLine> lines, Bounds bounds) {
        var unknown = UNKNOWN_GTIN.because("The tenant counts by no such pack");
        var tooMany = INVALID.because("The packs are not as many units as a line may say");
        for (var line : lines) {
            if (line.amount() instanceof Amount.OfPack amount) {
                @Nullable Pack pack = packs.get(amount.gtin());
                if (pack == null || !pack.isActive()) {
                    unknown.at(
                            line.pointer() + "/gtin",
                            pack == null ? "is not the GTIN of a pack" : "is of an archived pack");
                } else if (!bounds.contain(units(amount, pack))) {
                    tooMany.at(
                            line.pointer() + "/packs",
                            "are %d units of %d each, must be %s"
                                    .formatted(units(amount, pack), pack.unitsPerPack(), bounds));
                }
            }
        }
        if (!unknown.errors().isEmpty()) {
            return unknown;
        }
        return tooMany.errors().isEmpty() ? null : tooMany;
    }

    /** Null when the catalogue does not have it, or not yet. */
    public @Nullable Variant find(Amount amount) {
        @Nullable VariantName name = FindGoods.name(amount, packs);
        @Nullable Variant variant = name == null ? null : variants.find(name);
        return variant == null ? findGone(amount) : variant;
    }

    private @Nullable Variant findGone(Amount amount) {
        return amount instanceof Amount.OfVariant units && units.variant().id() != null
                ? gone.get(units.variant().id())
                : null;
    }

    /** Of an amount that is known to be among them. */
    public Goods require(Amount amount) {
        var variant = Objects.requireNonNull(find(amount), "a variant that was just found");
        return switch (amount) {
            case Amount.OfVariant ofVariant -> new Goods(variant, ofVariant.units(), null);
            case Amount.OfPack ofPack -> {
                var pack = Objects.requireNonNull(packs.get(ofPack.gtin()), "a pack that was just found");
                yield new Goods(
                        variant, units(ofPack, pack), new Packed(ofPack.gtin(), ofPack.packs(), pack.unitsPerPack()));
            }
        };
    }

    private static long units(Amount.OfPack amount, Pack pack) {
        return Math.multiplyExact(amount.packs(), (long) pack.unitsPerPack());
    }
}
