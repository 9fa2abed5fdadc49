package io.souk.chaos.fleet;

import io.souk.cli.local.Component;

/** What the services lean on, each of them through a proxy of its own. */
public enum Server {
    POSTGRES(Component.POSTGRES),
    REDIS(Component.REDIS),
    KAFKA(Component.KAFKA);

    private final Component component;

    Server(Component component) {
        this.component = component;
    }

    Component component() {
        return component;
    }

    public String label() {
        return component.label();
    }
}
