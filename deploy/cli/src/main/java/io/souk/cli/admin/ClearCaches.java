package io.souk.cli.admin;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

import java.util.concurrent.Callable;

@Command(name = "clear", description = "Deletes cached views, and waits; the next reader of each fills it.")
final class ClearCaches implements Callable<Integer> {
    @Mixin
    private CacheOptions entries;

    @Override
    public Integer call() throws InterruptedException {
        return entries.run("CLEAR", "cleared");
    }
}
