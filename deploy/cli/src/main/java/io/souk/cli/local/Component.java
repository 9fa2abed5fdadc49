package io.souk.cli.local;

import io.souk.stack.StackException;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the stack consists of, in the order in which it starts. */
public enum Component {
    POSTGRES(Kind.SERVER, 15432),
    REDIS(Kind.SERVER, 16379),
    KAFKA(Kind.SERVER, 19092),
    CATALOG(Kind.SERVICE, 8081),
    INVENTORY(Kind.SERVICE, 8082),
    ORDERS(Kind.SERVICE, 8083),
    SEARCH(Kind.SERVICE, 8084),
    GATEWAY(Kind.GATEWAY, 8080);

    /** Servers come first and go last. */
    public enum Kind {
        SERVER,
        SERVICE,
        GATEWAY
    }

    private final Kind kind;
    private final int usualPort;

    Component(Kind kind, int usualPort) {
        this.kind = kind;
        this.usualPort = usualPort;
    }

    /** The one with this name, as people type it. */
    public static Component named(String name) {
        return Arrays.stream(values())
                .filter(component -> component.label().equals(name))
                .findFirst()
                .orElseThrow(() -> new StackException("There is no %s here; there are %s."
                        .formatted(
                                name,
                                Arrays.stream(values()).map(Component::label).collect(Collectors.joining(", ")))));
    }

    public static List<Component> servers() {
        return of(Kind.SERVER);
    }

    public static List<Component> services() {
        return of(Kind.SERVICE);
    }

    private static List<Component> of(Kind kind) {
        return Stream.of(values()).filter(component -> component.kind == kind).toList();
    }

    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    public Kind kind() {
        return kind;
    }

    int usualPort() {
        return usualPort;
    }
}
