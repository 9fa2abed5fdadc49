package io.souk.cli.local;

import java.util.EnumMap;

/** Stacks of which only the gateway's port matters. */
public final class TestStacks {
    private TestStacks() {}

    public static void remember(DataFolder data, int gatewayPort) {
        var numbers = new EnumMap<>(Ports.free().numbers());
        numbers.put(Component.GATEWAY, gatewayPort);
        new RunState("1", "2026-01-01T00:00:00Z", new Ports(numbers)).write(data);
    }
}
