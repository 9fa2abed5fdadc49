package io.souk.kit.protocol.sim;

/** Someone who does one atomic step at a time, and may be stopped between any two. */
abstract class Actor {
    final World world;
    final String name;
    int pausedUntil;

    Actor(World world, String name) {
        this.world = world;
        this.name = name;
    }

    /** How often it is its turn, next to the others. */
    int weight() {
        return 1;
    }

    /** Whether it can go on: it waits for no lock and no moment. */
    abstract boolean isReady();

    abstract void step();

    /** Its process ends and starts again; it forgets everything. */
    abstract void crash();

    /** Its database has forgotten every open transaction. */
    void disconnected() {}

    /** Whether it is between two pieces of work. */
    boolean isIdle() {
        return true;
    }

    /** Whether being late with the next step is what protocols break at. */
    boolean isDelicate() {
        return false;
    }

    /** Where it stands, for the trace. */
    abstract String state();

    boolean off(Protection protection) {
        return world.off.contains(protection);
    }
}
