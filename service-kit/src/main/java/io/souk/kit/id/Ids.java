package io.souk.kit.id;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.NoArgGenerator;

import java.util.UUID;

/** Where every id of the shop comes from. */
public final class Ids {
    /** Never changes: ids that follow from words have gone out to others. */
    private static final UUID NAMESPACE = UUID.fromString("319e5a14-6e3f-40cf-b25d-34643364ac58");

    private Ids() {}

    /** A UUIDv7 greater than any this process has made before; safe to call from any thread. */
    public static UUID next() {
        return Generator.INSTANCE.generate();
    }

    /**
     * The id that these words stand for (UUIDv5): the same ones on every replica, and before and after a restart or the restore
     * of a database.
     *
     * @param words without the character NUL, which keeps them apart
     */
    public static UUID named(String... words) {
        return Generators.nameBasedGenerator(NAMESPACE).generate(String.join("\0", words));
    }

    /** Made on first use, so that a native image draws its randomness when it runs and not when it is built. */
    private static final class Generator {
        private static final NoArgGenerator INSTANCE = Generators.timeBasedEpochGenerator();
    }
}
