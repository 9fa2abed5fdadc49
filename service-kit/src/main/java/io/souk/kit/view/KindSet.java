package io.souk.kit.view;

import java.util.List;

/**
 * The kinds that a read asks for, worked out once: they are read by one command, behind the positions of their sources.
 *
 * @param wanted as the caller names them
 * @param sources the places of their sources in {@link ViewKinds#sources}, each once
 * @param positionOf by kind the place of its source in {@code sources}
 */
@SuppressWarnings("ArrayRecordComponent") // made once, read often, never compared
record KindSet(List<ViewKind<?>> wanted, KnownKind<?>[] kinds, int[] sources, int[] positionOf) {
    static KindSet of(List<ViewKind<?>> wanted, ViewKinds known) {
        var kinds = new KnownKind<?>[wanted.size()];
        for (int i = 0; i < kinds.length; i++) {
            kinds[i] = known.known(wanted.get(i));
        }
        var places =
                wanted.stream().map(kind -> known.known(kind).sourcePlace()).toList();
        var sources = places.stream().distinct().toList();
        return new KindSet(
                wanted,
                kinds,
                sources.stream().mapToInt(Integer::intValue).toArray(),
                places.stream().mapToInt(sources::indexOf).toArray());
    }

    int size() {
        return kinds.length;
    }
}
