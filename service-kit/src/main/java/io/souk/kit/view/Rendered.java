package io.souk.kit.view;

/** A view and its form in Redis. */
@SuppressWarnings("ArrayRecordComponent") // made, sent and forgotten; never compared
record Rendered(View view, byte[] entry) {}
