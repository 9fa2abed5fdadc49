package io.souk.cli.admin;

import io.souk.cli.local.Component;
import io.souk.cli.local.DataOption;
import io.souk.stack.StackException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.util.List;

/** Whose administration is meant, and how its answer is printed: options of every operator's command. */
final class ServiceOption {
    @Option(names = "--service", paramLabel = "S", description = "catalog, inventory, orders or search; default: each.")
    private @Nullable String service;

    @Option(names = "--json", description = "As JSON, an object a line.")
    private boolean json;

    @Mixin
    private DataOption data;

    boolean asJson() {
        return json;
    }

    /** Whether one service is meant. */
    boolean isNamed() {
        return service != null;
    }

    List<Administration> administrations() {
        var folder = data.folder();
        return services().stream().map(one -> Administration.of(folder, one)).toList();
    }

    private List<Component> services() {
        if (service == null) {
            return Component.services();
        }
        var named = Component.named(service);
        if (named.kind() != Component.Kind.SERVICE) {
            throw new StackException("%s is none of the services.".formatted(service));
        }
        return List.of(named);
    }
}
