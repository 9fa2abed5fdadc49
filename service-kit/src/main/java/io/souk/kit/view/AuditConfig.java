package io.souk.kit.view;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;

/** How much of the cache is held against the tables, beside all that keeps it right. */
@ConfigMapping(prefix = "souk.view-audit")
public interface AuditConfig {
    /**
     * How many names in Redis the walk through all of them looks at in a second, by all replicas together; 0 for no walk. Default
     * 400: an entry has two or three names, and each is read from the tables by key, so some 2 % of a core; 100,000 entries are
     * walked through in some 10 minutes.
     */
    @WithDefault("400")
    @Min(0)
    @Max(10_000)
    int rate();

    /**
     * Of how many changes in a second each replica checks what became of them, 1, 5 and 60 s later; 0 for none. Default 10: 30 reads
     * by key in a second at most.
     */
    @WithDefault("10")
    @Min(0)
    @Max(1_000)
    int samples();

    /**
     * How many wrong entries each replica repairs in a minute; what is beyond is counted, and found again. Default 60, so that a
     * release that renders otherwise than the one beside it does not flood the log. 0 to count only.
     */
    @WithDefault("60")
    @Min(0)
    @Max(10_000)
    int repairs();
}
