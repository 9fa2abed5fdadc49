package io.souk.cli.build;

import io.souk.cli.Installation;
import io.souk.cli.local.Component;
import io.souk.stack.CacheFolder;
import io.souk.stack.StackException;

import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Makes what is not made yet. */
public final class Building {
    /** Tests and format are the business of {@code ./souk test}. */
    private static final List<String> JUST_PACKAGE =
            List.of("-Dmaven.test.skip=true", "-Dspotless.check.skip=true", "package");

    private final Installation installation;
    private final PrintWriter out;

    public Building(Installation installation, PrintWriter out) {
        this.installation = installation;
        this.out = out;
    }

    /**
     * Builds every service and the gateway whose sources have changed, and records the AOT caches that are missing. With {@code
     * SOUK_BUILD=no} in the environment it does nothing: what is packaged runs as it is.
     */
    public void everything() {
        if (isRefused()) {
            return;
        }
        var modules = new ArrayList<Module>();
        for (var service : Component.services()) {
            modules.add(Module.service(installation.root(), service.label()));
        }
        modules.add(Module.program(installation.root(), "deploy/gateway", "souk-gateway.jar"));
        make(modules);
        record();
    }

    private static boolean isRefused() {
        return "no".equals(System.getenv("SOUK_BUILD"));
    }

    /** Without caches everything only starts more slowly, so that nothing else fails for the want of one. */
    private void record() {
        var training = new Training(installation, out);
        try {
            TrainingFolder.sweep(installation, CacheFolder.ofUser());
            if (training.isNeeded()) {
                training.run();
            }
        } catch (StackException e) {
            out.printf(
                    "There are no AOT caches, and everything starts more slowly (logs: target/recording): %s%n",
                    e.getMessage());
            out.flush();
        }
    }

    /** Builds the benchmarks; nothing else needs them. */
    public void bench() {
        program("bench", "service-kit/src/main");
    }

    /** Builds the fault suite, under the same condition. */
    public void chaos() {
        if (!isRefused()) {
            program("chaos");
        }
    }

    private void program(String name, String... more) {
        var inputs = new ArrayList<>(List.of("deploy/cli/src/main", "deploy/stack/src/main"));
        inputs.addAll(List.of(more));
        make(List.of(Module.program(
                installation.root(), "deploy/" + name, "souk-%s.jar".formatted(name), inputs.toArray(String[]::new))));
    }

    private void make(List<Module> modules) {
        var stale = modules.stream().filter(Module::isStale).toList();
        if (stale.isEmpty()) {
            return;
        }
        out.println("Building (the first time takes some minutes):");
        out.flush();
        var started = Instant.now();
        var paths = stale.stream().map(Module::path).collect(Collectors.joining(","));
        new Maven(installation, out)
                .run(Stream.concat(Stream.of("-pl", paths, "-am"), JUST_PACKAGE.stream())
                        .toList());
        stale.forEach(module -> module.built(started));
        out.printf("Built in %d s.%n", Duration.between(started, Instant.now()).toSeconds());
    }
}
