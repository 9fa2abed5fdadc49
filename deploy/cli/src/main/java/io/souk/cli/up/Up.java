package io.souk.cli.up;

import io.souk.cli.IfStopped;
import io.souk.cli.Installation;
import io.souk.cli.build.Building;
import io.souk.cli.load.Samples;
import io.souk.cli.local.Component;
import io.souk.cli.local.DataFolder;
import io.souk.cli.local.DataOption;
import io.souk.cli.local.LocalStack;
import io.souk.cli.local.Ports;
import io.souk.stack.StackException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.EnumSet;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;

@Command(
        name = "up",
        description = {
            "Builds what is not built, starts everything and loads the sample data.",
            "Stays until Ctrl-C, which stops everything; with --detach it comes back when all is ready."
        })
public final class Up implements Callable<Integer> {
    private static final Duration LOOK = Duration.ofSeconds(1);

    @Option(names = "--detach", description = "Come back when everything is ready; ./souk down stops it.")
    private boolean detach;

    @Option(names = "--fresh", description = "Start with no data.")
    private boolean fresh;

    @Option(names = "--no-samples", description = "Load no sample data.")
    private boolean noSamples;

    @Option(
            names = "--port-offset",
            paramLabel = "N",
            defaultValue = "0",
            description = "Move every port up by N; the gateway's usual one is 8080.")
    private int portOffset;

    @Mixin
    private DataOption dataOption;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        var out = spec.commandLine().getOut();
        var installation = Installation.current();
        var data = dataOption.folder();
        var ports = Ports.shiftedBy(portOffset);
        data.prepare();
        var stack = LocalStack.of(installation, data, ports);
        var keep = new AtomicBoolean();
        try (var lock = data.lock()) {
            requireNothingRuns(stack);
            ports.requireFree();
            new Building(installation, out).everything();
            if (fresh) {
                data.empty(); // last, so that what cannot start has taken nothing away
            }
            IfStopped.run("stop", () -> stopUnless(keep, stack, out));
            start(stack, out);
        }
        samples(installation, data, ports, out);
        keep.set(detach); // from here on nothing fails any more
        greet(data, ports, out);
        return detach ? 0 : stay(stack, out);
    }

    private static void requireNothingRuns(LocalStack stack) {
        var running = stack.runningOnes();
        if (!running.isEmpty()) {
            throw new StackException("A stack runs on %s already (%s); ./souk down stops it."
                    .formatted(
                            stack.data().path(),
                            running.stream().map(Component::label).collect(Collectors.joining(", "))));
        }
    }

    private static void start(LocalStack stack, PrintWriter out) {
        long started = System.nanoTime();
        stack.remember();
        say(out, "Starting:");
        try {
            stack.startAll(component -> say(
                    out,
                    "  %-10s port %-5d after %.1f s"
                            .formatted(component.label(), stack.ports().of(component), secondsSince(started))));
        } catch (StackException e) {
            stack.stopAll(_ -> {});
            throw e;
        }
        say(out, "Everything is ready after %.1f s.".formatted(secondsSince(started)));
    }

    private void samples(Installation installation, DataFolder data, Ports ports, PrintWriter out) {
        var samples = new Samples(installation, data, ports, out);
        if (noSamples || samples.areLoaded()) {
            return;
        }
        if (detach) {
            samples.loadInBackground();
            out.println("The sample data follows in the background; ./souk samples says when it is there.");
        } else {
            samples.load();
        }
    }

    private static void greet(DataFolder data, Ports ports, PrintWriter out) {
        var url = "http://localhost:" + ports.of(Component.GATEWAY);
        var option = data.equals(DataFolder.of(null)) ? "" : " --data '" + data.path() + "'";
        out.printf("""

                Gateway  %1$s
                API docs %1$s/docs

                A token, and something to ask with it:
                  TOKEN=$(./souk token --tenant kosher-market --role admin%2$s)
                  curl -s -H "Authorization: Bearer $TOKEN" '%1$s/v1/products?limit=3'
                  curl -s -H "Authorization: Bearer $TOKEN" '%1$s/v1/search?q=chocolate'

                The sample tenants are kosher-market, sneaker-exchange, card-shop and dispensary;
                the roles are admin, merchant, customer, readonly, service, and operator without a tenant.
                ./souk status%2$s · ./souk logs catalog%2$s · ./souk down%2$s
                """, url, option);
        out.flush();
    }

    /** Until Ctrl-C, or until another command has stopped everything. */
    private static int stay(LocalStack stack, PrintWriter out) throws InterruptedException {
        say(out, "\nCtrl-C stops everything.");
        var missed = EnumSet.noneOf(Component.class);
        while (!stack.runningOnes().isEmpty()) {
            for (var dead : stack.deadOnes()) {
                if (missed.add(dead)) {
                    say(
                            out,
                            "%s has ended by itself; ./souk logs %s says why, ./souk start %s brings it back."
                                    .formatted(dead.label(), dead.label(), dead.label()));
                }
            }
            missed.removeIf(component -> stack.running(component).isPresent());
            Thread.sleep(LOOK);
        }
        say(out, "The stack has been stopped.");
        return 0;
    }

    private static void stopUnless(AtomicBoolean keep, LocalStack stack, PrintWriter out) {
        if (!keep.get() && !stack.runningOnes().isEmpty()) {
            say(out, "\nStopping.");
            stack.stopAll(_ -> {});
        }
    }

    private static void say(PrintWriter out, String line) {
        synchronized (out) {
            out.println(line);
            out.flush();
        }
    }

    private static double secondsSince(long nanos) {
        return (System.nanoTime() - nanos) / 1e9;
    }
}
