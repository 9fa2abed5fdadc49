package io.souk.kit.view;

/**
 * A view, and how new it is apart from what a foreign source has to say.
 *
 * @param ownMicros the moment before which no commit of the own tables is missing
 */
record OwnView(View view, long ownMicros) {}
