package io.souk.cli.admin;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

import java.util.concurrent.Callable;

@Command(name = "rewarm", description = "Fills from the tables what the cache has held and holds no more, and waits.")
final class RewarmCaches implements Callable<Integer> {
    @Mixin
    private CacheOptions entries;

    @Override
    public Integer call() throws InterruptedException {
        return entries.run("REWARM", "rewarmed");
    }
}
