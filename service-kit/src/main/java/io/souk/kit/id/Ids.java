package io.souk.kit.id;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.NoArgGenerator;

import java.util.UUID;

/** Where every id of the shop comes from. */
public final class Ids {
    private Ids() {}

    /** A UUIDv7 greater than any this process has made before; safe to call from any thread. */
    public static UUID next() {
        return Generator.INSTANCE.generate();
    }

    /** Made on first use, so that a native image draws its randomness when it runs and not when it is built. */
    private static final class Generator {
        private static final NoArgGenerator INSTANCE = Generators.timeBasedEpochGenerator();
    }
}
