package io.souk.cli.local;

import io.souk.stack.FreePort;
import io.souk.stack.StackException;

import java.util.EnumMap;
import java.util.Map;
import java.util.function.ToIntFunction;

/** Who listens where, always on 127.0.0.1. */
public record Ports(Map<Component, Integer> numbers) {
    /** The highest shift that keeps every port a port. */
    public static final int MAX_OFFSET = 65_535 - 19_092;

    public Ports {
        numbers = Map.copyOf(numbers);
    }

    /** The usual ones, each moved up by {@code offset}. */
    public static Ports shiftedBy(int offset) {
        if (offset < 0 || offset > MAX_OFFSET) {
            throw new StackException("The port offset lies between 0 and %d, not at %d.".formatted(MAX_OFFSET, offset));
        }
        return of(component -> component.usualPort() + offset);
    }

    /** Ports that nobody uses now. */
    public static Ports free() {
        return of(_ -> FreePort.next());
    }

    private static Ports of(ToIntFunction<Component> number) {
        var numbers = new EnumMap<Component, Integer>(Component.class);
        for (var component : Component.values()) {
            numbers.put(component, number.applyAsInt(component));
        }
        return new Ports(numbers);
    }

    public int of(Component component) {
        var number = numbers.get(component);
        if (number == null) {
            throw new IllegalArgumentException(component.label());
        }
        return number;
    }

    public String url(Component component) {
        return "http://127.0.0.1:" + of(component);
    }

    /** Whether nobody listens on any of them now. */
    public boolean areFree() {
        return numbers.values().stream().allMatch(FreePort::isFree);
    }

    /** Throws for the first port, in starting order, that somebody listens on already. */
    public void requireFree() {
        for (var component : Component.values()) {
            if (!FreePort.isFree(of(component))) {
                throw new StackException(
                        "Port %d, which the stack needs for %s, is taken by another process; stop that one or use --port-offset."
                                .formatted(of(component), component.label()));
            }
        }
    }
}
