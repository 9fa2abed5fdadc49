package io.souk.stack;

import java.nio.file.Path;
import java.util.Optional;

/** Where Souk keeps on this machine what it can make again. */
public final class CacheFolder {
    private CacheFolder() {}

    /**
     * {@code $SOUK_CACHE}; else, for an ordinary user, {@code souk} in the user's cache folder; for root
     * {@code /var/cache/souk}, because PostgreSQL then runs as another user, to whom root's home is closed.
     */
    public static Path ofUser() {
        return environment("SOUK_CACHE").map(Path::of).orElseGet(CacheFolder::usual);
    }

    private static Path usual() {
        if (UnprivilegedUser.isRoot()) {
            return Path.of("/var/cache/souk");
        }
        var home = Path.of(System.getProperty("user.home"));
        if (Platform.isMac()) {
            return home.resolve("Library/Caches/souk");
        }
        return environment("XDG_CACHE_HOME")
                .map(Path::of)
                .filter(Path::isAbsolute)
                .orElse(home.resolve(".cache"))
                .resolve("souk");
    }

    private static Optional<String> environment(String name) {
        return Optional.ofNullable(System.getenv(name)).filter(value -> !value.isBlank());
    }
}
