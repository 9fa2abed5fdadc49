package io.souk.kit.protocol.sim;

import io.souk.kit.protocol.Applied;
import io.souk.kit.protocol.Ends;
import io.souk.kit.protocol.Generation;
import io.souk.kit.protocol.Position;
import io.souk.kit.protocol.UpdaterStep;
import io.souk.kit.protocol.UpdaterStep.Apply;
import io.souk.kit.protocol.UpdaterStep.Bury;
import io.souk.kit.protocol.UpdaterStep.ConfirmLoss;
import io.souk.kit.protocol.UpdaterStep.Drop;
import io.souk.kit.protocol.UpdaterStep.FindEnds;
import io.souk.kit.protocol.UpdaterStep.FindGeneration;
import io.souk.kit.protocol.UpdaterStep.FindPosition;
import io.souk.kit.protocol.UpdaterStep.Pause;
import io.souk.kit.protocol.UpdaterStep.PlacePositions;
import io.souk.kit.protocol.UpdaterStep.Poll;
import io.souk.kit.protocol.UpdaterStep.Publish;
import io.souk.kit.protocol.UpdaterStep.Stop;
import io.souk.kit.protocol.Watermarks;
import io.souk.kit.protocol.sim.World.Net;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;

/** Does what an {@link UpdaterStep} says: for the entries of one shard, or for its part of the lists. */
final class Updater extends Actor {
    private static final long LOOK = 1_000_000;

    private final Service service;
    private final int shard;
    private final boolean lists;
    private UpdaterStep<Version<State>> next;

    /** The answers of a pipeline so far, or the slots that are done. */
    private final List<Applied> answers = new ArrayList<>();

    private int placed;
    private @Nullable Ends lateEnds;

    Updater(Service service, int shard, boolean lists, String name, @Nullable Generation unpublished) {
        super(service.world, "updater %s%d%s%s".formatted(service.name, shard, lists ? "L" : "", name));
        this.service = service;
        this.shard = shard;
        this.lists = lists;
        next = unpublished == null ? UpdaterStep.start(world.rules) : UpdaterStep.build(world.rules, unpublished);
    }

    @Override
    int weight() {
        return 3;
    }

    @Override
    boolean isReady() {
        return !(next instanceof Poll<?>(var following, var position))
                || world.now - following.lookedAtMicros() >= LOOK
                || service.log.partitions[shard].hasAfter(position.offset());
    }

    @Override
    void step() {
        switch (next) {
            case Pause<Version<State>> step -> go(step.resumed());
            case FindGeneration<Version<State>> step ->
                go(world.net() == Net.DONE ? step.found(service.generation(), world.now) : step.failed());
            case FindPosition<Version<State>> step -> findPosition(step);
            case Poll<Version<State>> step ->
                go(
                        world.net() == Net.DONE
                                ? step.polled(
                                        service.poll(shard, step.position().offset() + 1, world.dice.between(1, 4)),
                                        world.now)
                                : step.failed());
            case Bury<Version<State>> step -> go(world.net() == Net.DONE ? step.buried() : step.failed());
            case Apply<Version<State>> step -> apply(step);
            case ConfirmLoss<Version<State>> step ->
                go(world.net() == Net.DONE ? step.found(service.generation(), world.now) : step.failed());
            case FindEnds<Version<State>> step ->
                go(world.net() == Net.DONE ? step.found(ends(), freshGeneration(step)) : step.failed());
            case PlacePositions<Version<State>> step -> placePositions(step);
            case Publish<Version<State>> step -> publish(step);
            case Drop<Version<State>> step -> {
                if (world.net() != Net.NOT_DONE) {
                    service.cache.drop(step.unused());
                }
                go(step.done());
            }
            case Stop<Version<State>> _ -> throw new IllegalStateException("nothing is unreadable here");
        }
    }

    @Override
    void crash() {
        go(UpdaterStep.start(world.rules));
    }

    @Override
    boolean isDelicate() {
        return next instanceof Apply<?> || next instanceof PlacePositions<?> || next instanceof Publish<?>;
    }

    @Override
    String state() {
        return next.getClass().getSimpleName()
                + switch (next) {
                    case FindPosition<Version<State>> step ->
                        " of " + step.following().generation();
                    case Poll<Version<State>> step -> " " + step.following().generation() + " " + step.position();
                    case Apply<Version<State>> step -> " " + answers.size() + " of " + step.records();
                    default -> "";
                };
    }

    private void go(UpdaterStep<Version<State>> then) {
        next = then;
        answers.clear();
        placed = 0;
        lateEnds = null;
    }

    private void findPosition(FindPosition<Version<State>> step) {
        if (world.net() != Net.DONE) {
            go(step.noAnswer());
            return;
        }
        var generation = step.following().generation();
        var position =
                lists ? service.cache.listPosition(generation, shard) : service.cache.position(generation, shard);
        go(position == null ? step.gone() : step.found(position));
    }

    private void apply(Apply<Version<State>> step) {
        int i = answers.size();
        var logged = step.records().get(i);
        long prev =
                i == 0 ? step.position().offset() : step.records().get(i - 1).offset();
        var generation = step.following().generation();
        var net = world.net();
        if (net != Net.NOT_DONE) {
            var answer = lists
                    ? service.cache.bump(generation, shard, prev, logged.offset(), logged.record(), world.freshText())
                    : service.cache.apply(generation, shard, prev, logged.offset(), logged.record());
            answers.add(net == Net.DONE ? answer : new Applied.NoAnswer());
            Invariants.vouch(service, generation, shard);
        } else {
            answers.add(new Applied.NoAnswer());
        }
        if (answers.size() == step.records().size() || !(answers.getLast() instanceof Applied.Ok)) {
            go(step.applied(List.copyOf(answers)));
        }
    }

    private Ends ends() {
        var ends = new HashMap<Ends.Partition, Long>();
        for (int partition = 0; partition < service.log.partitions.length; partition++) {
            ends.put(new Ends.Partition(service.name, partition), service.log.partitions[partition].stableEnd());
        }
        return new Ends(ends);
    }

    private Generation freshGeneration(FindEnds<Version<State>> step) {
        return off(Protection.FRESH_GENERATION_ID) ? step.lost().generation() : world.freshGeneration();
    }

    private void placePositions(PlacePositions<Version<State>> step) {
        if (off(Protection.ENDS_BEFORE_PUBLISHING) && lateEnds == null) {
            if (placed++ == 0) {
                exchange(step.lost().generation(), step.fresh());
            } else {
                lateEnds = ends();
                placed = 0;
            }
            return;
        }
        var net = world.net();
        if (net != Net.NOT_DONE) {
            int partitions = service.log.partitions.length;
            int partition = placed % partitions;
            var ends = lateEnds == null ? step.ends() : lateEnds;
            long end = ends.next().get(new Ends.Partition(service.name, partition));
            boolean ofLists = placed >= partitions || !service.hasEntries;
            service.cache.place(step.fresh(), partition, ofLists, new Position(end - 1, Watermarks.NONE));
            placed++;
        }
        if (net != Net.DONE) {
            go(step.noAnswer());
        } else if (placed == slots()) {
            go(step.placed());
        }
    }

    private int slots() {
        return service.log.partitions.length * (service.hasEntries && world.scenario.lists ? 2 : 1);
    }

    private void publish(Publish<Version<State>> step) {
        if (off(Protection.ENDS_BEFORE_PUBLISHING)) {
            go(step.published());
            return;
        }
        var net = world.net();
        boolean won = net != Net.NOT_DONE && exchange(step.lost().generation(), step.fresh());
        go(won || net != Net.DONE ? step.published() : step.anotherWasFaster());
    }

    private boolean exchange(Generation lost, Generation fresh) {
        if (!service.generation().equals(lost)) {
            return false;
        }
        service.database.generation = fresh;
        return true;
    }
}
