package io.souk.catalog.brand;

import io.quarkus.runtime.annotations.RegisterForReflection;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

import java.util.UUID;

/** A brand as it is read. */
@RegisterForReflection
@Schema(name = "Brand")
public record BrandView(
        UUID id, long version, @Schema(examples = "Osem") String name) {
    static BrandView of(Brand brand) {
        return new BrandView(brand.id(), brand.version(), brand.name());
    }
}
