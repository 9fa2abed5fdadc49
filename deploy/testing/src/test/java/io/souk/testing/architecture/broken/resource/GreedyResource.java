package io.souk.testing.architecture.broken.resource;

final class GreedyResource {
    final GreedyRepository tables = new GreedyRepository();
}
