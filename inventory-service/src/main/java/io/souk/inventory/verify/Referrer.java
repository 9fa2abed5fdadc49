package io.souk.inventory.verify;

import io.souk.inventory.verify.ReferenceRepository.Seen;
import org.jspecify.annotations.Nullable;

/** What names variants of the catalogue, in the order in which it is gone over. */
enum Referrer {
    LEVEL(500) {
        @Override
        String missing(Seen level) {
            return "%d units are on hand of variant %s at %s".formatted(level.units(), level.variantId(), level.name());
        }
    },
    AWAITED_UNIT(500) {
        @Override
        String missing(Seen unit) {
            return "unit %s is on its way, of variant %s".formatted(unit.name(), unit.variantId());
        }
    },
    TRACKED_VARIANT(500) {
        @Override
        String missing(Seen variant) {
            return "each unit is tracked of variant " + variant.variantId();
        }
    },
    /** An order has 500 lines at most. */
    PURCHASE_ORDER(20) {
        @Override
        String missing(Seen order) {
            return "purchase order %s waits for %d units of variant %s"
                    .formatted(order.name(), order.units(), order.variantId());
        }
    },
    PACK(500) {
        @Override
        String missing(Seen pack) {
            return "pack %s is of variant %s".formatted(pack.name(), pack.variantId());
        }
    };

    private final int atOnce;

    Referrer(int atOnce) {
        this.atOnce = atOnce;
    }

    /** How many of them are a part. */
    int atOnce() {
        return atOnce;
    }

    /** What needs a variant that is not there, in words. */
    abstract String missing(Seen seen);

    /** Null behind the last. */
    @Nullable
    Referrer next() {
        return switch (this) {
            case LEVEL -> AWAITED_UNIT;
            case AWAITED_UNIT -> TRACKED_VARIANT;
            case TRACKED_VARIANT -> PURCHASE_ORDER;
            case PURCHASE_ORDER -> PACK;
            case PACK -> null;
        };
    }
}
