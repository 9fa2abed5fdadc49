/**
 * The embedded stack: real PostgreSQL, Redis and Kafka as processes of their own, for the local installation and for tests.
 *
 * <p>Each server is described by a {@link io.souk.stack.ServerCommand}: the command line, where it runs, what it logs and how to
 * tell that it answers. The same description starts a child that ends with its parent's {@code close()}, or a detached
 * process that outlives its launcher. Everything listens on 127.0.0.1 only.
 *
 * <p>Also here: {@link io.souk.stack.Bootstrap}, which lays out schemas and roles, and {@link io.souk.stack.LocalIssuer}, which
 * signs the local installation's tokens.
 */
@NullMarked
package io.souk.stack;

import org.jspecify.annotations.NullMarked;
