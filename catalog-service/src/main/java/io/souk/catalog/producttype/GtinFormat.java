package io.souk.catalog.producttype;

import com.networknt.schema.ExecutionContext;
import com.networknt.schema.format.Format;
import io.souk.kit.gtin.Gtin;

/** {@code "format": "gtin"}: an article number with its check digit. */
final class GtinFormat implements Format {
    static final String NAME = "gtin";

    @Override
    public String getName() {
        return NAME;
    }

    @Override
    public boolean matches(ExecutionContext context, String value) {
        return Gtin.parse(value).isPresent();
    }
}
