package io.souk.cli;

import io.souk.cli.local.Component;
import io.souk.stack.StackException;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The checked out project that this command line belongs to, and what was built in it. */
public record Installation(Path root) {
    /** The one that the {@code souk} script names. */
    public static Installation current() {
        var home = System.getProperty("souk.home");
        if (home == null || !Files.isRegularFile(Path.of(home, "pom.xml"))) {
            throw new StackException("Start souk by its script in the project's folder.");
        }
        return new Installation(Path.of(home).toAbsolutePath().normalize());
    }

    /** Of all modules alike. */
    public static String version() {
        var version = Installation.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }

    /** The module's folder, from the root. */
    public Path module(Component component) {
        return switch (component.kind()) {
            case SERVICE -> root.resolve(component.label() + "-service");
            case GATEWAY -> root.resolve("deploy/gateway");
            case SERVER -> throw new IllegalArgumentException(component.label() + " is not built here");
        };
    }

    /** What {@code java -jar} runs. */
    public Path jar(Component component) {
        return component.kind() == Component.Kind.GATEWAY
                ? module(component).resolve("target/souk-gateway.jar")
                : module(component).resolve("target/quarkus-app/quarkus-run.jar");
    }

    /** Where the component's AOT cache belongs, whether or not it is there. */
    public Path aotCache(Component component) {
        return root.resolve("target/aot").resolve(component.label() + ".aot");
    }

    public Path samples() {
        return root.resolve("deploy/samples");
    }

    /** The Maven that the script found. */
    public static Optional<Path> maven() {
        return Optional.ofNullable(System.getenv("SOUK_MAVEN"))
                .filter(path -> !path.isBlank())
                .map(Path::of);
    }

    public static Path java() {
        return Path.of(System.getProperty("java.home"), "bin", "java");
    }
}
