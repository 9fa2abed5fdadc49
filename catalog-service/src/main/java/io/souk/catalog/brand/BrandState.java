package io.souk.catalog.brand;

import io.quarkus.runtime.annotations.RegisterForReflection;

import java.util.Set;
import java.util.UUID;

/** The event {@code souk.catalog.brand.changed.v1}. */
@RegisterForReflection
public record BrandState(UUID id, long version, String name, Set<String> changed) {
    static BrandState of(Brand brand) {
        return new BrandState(brand.id(), brand.version(), brand.name(), Set.of("name"));
    }

    /** Of a version that is told once more. */
    static BrandState unchanged(Brand brand) {
        return new BrandState(brand.id(), brand.version(), brand.name(), Set.of());
    }
}
