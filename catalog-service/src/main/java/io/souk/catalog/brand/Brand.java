package io.souk.catalog.brand;

import io.souk.catalog.input.Faults;
import io.souk.catalog.input.Names;
import io.souk.catalog.input.Texts;
import org.jspecify.annotations.Nullable;

import java.util.UUID;

/** One version of a brand. */
public record Brand(UUID id, long version, String name) {
    static final int MAX_NAME = 200;

    String key() {
        return Names.key(name);
    }

    Brand rename(String to) {
        return name.equals(to) ? this : new Brand(id, version + 1, to);
    }

    static void checkName(Faults faults, String pointer, @Nullable String name) {
        Texts.line(faults, pointer, name, MAX_NAME);
    }
}
