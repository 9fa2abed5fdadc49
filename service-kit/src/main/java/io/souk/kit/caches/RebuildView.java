package io.souk.kit.caches;

import io.souk.kit.view.CacheAdmin.Rebuild;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** How a rebuild is doing. */
@Schema(name = "CacheRebuild")
record RebuildView(
        Rebuild.Phase phase,

        @Schema(description = "Records of the log that are still to be applied")
        long behind,

        @Schema(description = "Why it ended without being published") @Nullable
        String failure) {
    static RebuildView of(Rebuild rebuild) {
        return new RebuildView(rebuild.phase(), rebuild.behind(), rebuild.failure());
    }
}
