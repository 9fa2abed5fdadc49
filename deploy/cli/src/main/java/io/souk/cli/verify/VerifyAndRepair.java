package io.souk.cli.verify;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import java.util.List;

/** Has a service put right what it finds, too. */
@Command(footer = {"", "Exit codes: 0 all is right or was repaired, 1 something is not."})
abstract class VerifyAndRepair extends VerifyTenant {
    @Option(names = "--repair", description = "Puts right what can be.")
    private boolean repair;

    VerifyAndRepair(String path, String... counts) {
        super(List.of(Source.alone(path)), counts);
    }

    @Override
    List<String> parameters() {
        return List.of("repair=" + repair);
    }
}
