package io.souk.kit.protocol.sim;

/**
 * The state of an aggregate after one commit, as the world knows it.
 *
 * @param index the place in the aggregate's history, -1 before the first commit
 * @param foreign the place in the foreign aggregate's history that is applied, -1 for none
 * @param unproven whether the foreign part could not be decoded
 */
record State(int index, int foreign, boolean unproven) {
    static final State NONE = new State(-1, -1, false);

    @Override
    public String toString() {
        return "#" + index + (foreign < 0 ? "" : " of #" + foreign) + (unproven ? " unproven" : "");
    }
}
