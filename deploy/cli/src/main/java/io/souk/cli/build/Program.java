package io.souk.cli.build;

import io.souk.cli.Installation;
import io.souk.stack.StackException;

import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A program of the project that a command becomes: too heavy for the command line's own small JVM, and built only when asked for.
 *
 * @param name of its folder below {@code deploy}, and in that of its jar
 */
public record Program(Installation installation, String name, String main) {
    /** Runs it with these arguments to its end, on this terminal; its exit code. */
    public int run(List<String> arguments) {
        var target = installation.root().resolve("deploy").resolve(name).resolve("target");
        var line = new ArrayList<String>();
        line.add(Installation.java().toString());
        line.addAll(List.of("-Xmx512m", "-XX:+UseSerialGC", "-XX:+ExitOnOutOfMemoryError"));
        line.addAll(List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow"));
        line.add("-Djava.util.logging.manager=org.jboss.logmanager.LogManager");
        line.add("-Dsouk.home=" + installation.root());
        var jar = target.resolve("souk-%s.jar".formatted(name));
        line.addAll(List.of("-cp", jar + File.pathSeparator + target.resolve("lib/*"), main));
        line.addAll(arguments);
        try {
            return new ProcessBuilder(line).inheritIO().start().waitFor();
        } catch (IOException e) {
            throw new StackException("%s cannot be run: %s.".formatted(name, e.getMessage()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StackException("Interrupted while %s ran.".formatted(name), e);
        }
    }
}
