package io.souk.cli.local;

import java.util.EnumMap;

/** Stacks of which only one port matters. */
public final class TestStacks {
    private TestStacks() {}

    /** All services at one port. */
    public static void rememberServices(DataFolder data, int port) {
        var numbers = new EnumMap<>(Ports.free().numbers());
        Component.services().forEach(service -> numbers.put(service, port));
        new RunState("1", "2026-01-01T00:00:00Z", new Ports(numbers)).write(data);
    }

    public static void remember(DataFolder data, Component component, int port) {
        var numbers = new EnumMap<>(Ports.free().numbers());
        numbers.put(component, port);
        new RunState("1", "2026-01-01T00:00:00Z", new Ports(numbers)).write(data);
    }
}
