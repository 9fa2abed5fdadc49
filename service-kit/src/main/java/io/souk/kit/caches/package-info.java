/**
 * What operators see of this service's cached views, and do to them: {@code /v1/admin/caches}, over {@link io.souk.kit.view}.
 *
 * <p>Owns no table. Clearing and rewarming are jobs of the installation, which any replica takes up; a rebuild is its replica's own.
 */
@NullMarked
package io.souk.kit.caches;

import org.jspecify.annotations.NullMarked;
