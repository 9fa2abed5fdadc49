package io.souk.kit.http;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Bounds on what one request may carry. */
@ConfigMapping(prefix = "souk.http")
public interface HttpLimits {
    /**
     * The largest JSON body, 1 MiB: two hundred times the largest product of the sample data. A larger one is 413. It is held in memory
     * whole while it is read, so this times the requests under way must fit the heap.
     */
    @WithDefault("1M")
    @SizeBetween(min = "1K", max = "256M")
    MemorySize maxBodySize();

    /**
     * Paths, and all below them, whose bodies are streamed by the resource and never held whole; none by default. Their
     * resources must bound what they keep.
     */
    Optional<List<String>> streamingPaths();

    /**
     * Query parameters that mean something even if they are empty; none by default. Any other that is empty is 400: taken for a missing
     * one, a filter would let everything through.
     */
    Optional<Set<String>> emptyParameters();

    /** The largest streamed body as it is sent (compressed), 4 GiB; a larger one is 413. */
    @WithDefault("4G")
    @SizeBetween(min = "1K", max = "1T")
    MemorySize maxStreamSize();
}
