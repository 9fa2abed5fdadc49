package io.souk.testing.architecture.broken.repository;

public final class OpenRepository {}
