package io.souk.testing.architecture.broken.resource;

final class Transactions {}
