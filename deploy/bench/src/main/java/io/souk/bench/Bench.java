package io.souk.bench;

import io.souk.bench.card.CardReads;
import io.souk.bench.checkout.Checkout;
import io.souk.bench.fairness.Fairness;
import io.souk.bench.imports.Import;
import io.souk.bench.latency.Latency;
import io.souk.bench.rebuild.Rebuild;
import io.souk.bench.redis.RedisConnections;
import io.souk.bench.relay.RelayBench;
import io.souk.bench.reservations.Reservations;
import io.souk.bench.stampede.Stampede;
import io.souk.bench.startup.Startup;
import io.souk.cli.Souk;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

import java.util.logging.Level;
import java.util.logging.Logger;

@Command(
        name = "bench",
        description = "Measures Souk on this machine. Each benchmark runs on data and ports of its own.",
        subcommands = {
            Startup.class,
            Import.class,
            CardReads.class,
            RedisConnections.class,
            RelayBench.class,
            Latency.class,
            Rebuild.class,
            Stampede.class,
            Fairness.class,
            Reservations.class,
            Checkout.class
        })
public final class Bench implements Runnable {
    @Spec
    private CommandSpec spec;

    public static void main(String[] arguments) {
        Logger.getLogger("").setLevel(Level.WARNING); // the libraries' own news are no results
        System.exit(new CommandLine(new Bench())
                .setExecutionExceptionHandler(Souk::say)
                .execute(arguments));
    }

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }
}
