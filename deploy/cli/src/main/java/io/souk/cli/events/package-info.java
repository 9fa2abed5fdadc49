/**
 * {@code ./souk events}: what the services tell each other, as any reader of the topics sees it.
 *
 * <p>Promise: prints what is committed and nothing else, each event in one line of JSON, the events of a partition in their
 * order; joins no consumer group and leaves no trace.
 */
@NullMarked
package io.souk.cli.events;

import org.jspecify.annotations.NullMarked;
