package io.souk.inventory.pack;

import io.smallrye.mutiny.Uni;
import io.souk.inventory.variant.FindVariants;
import io.souk.inventory.variant.VariantName;
import io.souk.kit.gtin.Gtin;
import io.souk.kit.tenant.Tx;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Turns what requests say, units of variants or packs by GTIN, into what is counted: units of variants. */
@ApplicationScoped
public class FindGoods {
    private final PackRepository packs;
    private final FindVariants findVariants;

    FindGoods(PackRepository packs, FindVariants findVariants) {
        this.packs = packs;
        this.findVariants = findVariants;
    }

    /** What there is of what the amounts name. */
    public Uni<NamedGoods> named(Tx tx, Collection<Amount> amounts) {
        var gtins = gtins(amounts);
        return gtins.isEmpty()
                ? join(tx, amounts, List.of())
                : packs.find(tx, gtins).chain(found -> join(tx, amounts, found));
    }

    /** As {@link #named}, and the packs stay what they are until the transaction ends: what is written of them is true then. */
    public Uni<NamedGoods> held(Tx tx, Collection<Amount> amounts) {
        var gtins = gtins(amounts);
        return gtins.isEmpty()
                ? join(tx, amounts, List.of())
                : packs.hold(tx, gtins).chain(found -> join(tx, amounts, found));
    }

    private Uni<NamedGoods> join(Tx tx, Collection<Amount> amounts, List<Pack> found) {
        var byGtin = found.stream().collect(Collectors.toUnmodifiableMap(Pack::gtin, Function.identity()));
        var names = amounts.stream()
                .map(amount -> name(amount, byGtin))
                .filter(Objects::nonNull)
                .collect(Collectors.toUnmodifiableSet());
        return findVariants.named(tx, names).map(variants -> new NamedGoods(byGtin, variants));
    }

    static @Nullable VariantName name(Amount amount, Map<Gtin, Pack> packs) {
        return switch (amount) {
            case Amount.OfVariant ofVariant -> ofVariant.variant();
            case Amount.OfPack ofPack -> {
                @Nullable Pack pack = packs.get(ofPack.gtin());
                yield pack == null ? null : new VariantName(null, pack.variantId());
            }
        };
    }

    private static Set<Gtin> gtins(Collection<Amount> amounts) {
        return amounts.stream()
                .filter(Amount.OfPack.class::isInstance)
                .map(amount -> ((Amount.OfPack) amount).gtin())
                .collect(Collectors.toUnmodifiableSet());
    }
}
