/**
 * Tells all of a service's aggregates once more, after its database was restored and its epoch raised: {@code /v1/admin/retellings},
 * for operators.
 *
 * <p>Tables {@code retelling} and {@code lost_aggregate}. In: the service's own topics, from their beginning to where they end when it is
 * asked for. Out, by the outbox: each row in the present epoch, in the version that it has; and the deletion of what only the log
 * knows, in the version behind the lost one's last. Whoever compares orders ends with what the tables say.
 */
@NullMarked
package io.souk.kit.retelling;

import org.jspecify.annotations.NullMarked;
