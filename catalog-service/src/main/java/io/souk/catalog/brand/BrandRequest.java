package io.souk.catalog.brand;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.souk.catalog.input.Faults;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

import java.util.Objects;

/** A brand as it is written; as a merge patch too, since a name is all there is. */
@RegisterForReflection
@Schema(name = "BrandRequest")
public record BrandRequest(
        @Schema(required = true, maxLength = Brand.MAX_NAME, examples = "Osem") @Nullable
        String name) {

    /** 422 unless the name can be a brand's. */
    String checkedName() {
        var faults = new Faults();
        Brand.checkName(faults, "/name", name);
        faults.refuse();
        return Objects.requireNonNull(name);
    }
}
