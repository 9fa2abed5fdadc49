package io.souk.search.query;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;

/** Results kept in this process. */
@ConfigMapping(prefix = "souk.search.results")
public interface QueryConfig {

    /**
     * Products and facet values that kept results hold together, 20,000 (some 10 MB). A result is kept until the index has
     * changed, so a larger cache only helps while little changes; 0 keeps none.
     */
    @WithDefault("20000")
    @Min(0)
    @Max(10_000_000)
    long keptEntries();
}
