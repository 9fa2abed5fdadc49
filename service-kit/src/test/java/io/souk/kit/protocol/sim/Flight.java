package io.souk.kit.protocol.sim;

import java.util.ArrayList;
import java.util.List;

/** Calls whose caller has given up waiting, and which are carried out at some later time. */
final class Flight extends Actor {
    private final List<Runnable> calls = new ArrayList<>();

    Flight(World world) {
        super(world, "network");
    }

    void add(Runnable call) {
        calls.add(call);
    }

    @Override
    boolean isReady() {
        return !calls.isEmpty();
    }

    @Override
    void step() {
        calls.remove(world.dice.below(calls.size())).run();
    }

    @Override
    void crash() {
        calls.clear();
    }

    @Override
    boolean isIdle() {
        return calls.isEmpty();
    }

    @Override
    String state() {
        return calls.size() + " calls on their way";
    }
}
