package io.souk.cli.local;

import io.souk.cli.Installation;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * How the JVMs of the stack are sized. The services and the gateway run with one set of options, trained or not: an AOT cache
 * is refused under others.
 */
final class JvmOptions {
    /** What all have in common: one small collector, and an end at once instead of a slow one when memory is not enough; no warnings about Netty. */
    private static final List<String> COMMON = List.of(
            "-XX:+UseSerialGC",
            "-XX:+ExitOnOutOfMemoryError",
            "-Djava.awt.headless=true",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow");

    private static final List<String> SERVICE = List.of(
            "-Xms48m",
            "-Xmx160m",
            "-Xss512k",
            "-XX:MaxMetaspaceSize=160m",
            "-XX:ReservedCodeCacheSize=64m",
            "-XX:MaxDirectMemorySize=48m");

    private static final List<String> GATEWAY = List.of(
            "-Xms16m",
            "-Xmx64m",
            "-Xss512k",
            "-XX:MaxMetaspaceSize=64m",
            "-XX:ReservedCodeCacheSize=32m",
            "-XX:MaxDirectMemorySize=64m");

    private JvmOptions() {}

    /** The sized options of a component whose JVM we start; Kafka brings its own. */
    static List<String> sizes(Component component) {
        var options = new ArrayList<>(
                switch (component.kind()) {
                    case SERVICE -> SERVICE;
                    case GATEWAY -> GATEWAY;
                    case SERVER -> throw new IllegalArgumentException(component.label());
                });
        options.addAll(COMMON);
        return options;
    }

    /** Starting from the recorded cache, where there is one. A cache that does not fit any more costs a line in the log. */
    static List<String> startingFast(Installation installation, Component component) {
        var cache = installation.aotCache(component);
        return Files.exists(cache) ? List.of("-XX:AOTCache=" + cache) : List.of();
    }

    /** Writing the cache when the process ends. */
    static List<String> recording(Path cache) {
        return List.of("-XX:AOTCacheOutput=" + cache);
    }
}
