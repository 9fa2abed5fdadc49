/**
 * What operators of an installation are told and may do, for no tenant: {@code /v1/admin}, with the role {@code operator}.
 *
 * <p>Owns no table. Jobs of operators belong to {@link io.souk.kit.tenant.TenantId#INSTALLATION}.
 */
@NullMarked
package io.souk.kit.admin;

import org.jspecify.annotations.NullMarked;
