/**
 * Proves that the books agree: on hand is the sum of the ledger, reserved is what live reservations hold, nothing is held for
 * nobody, what was shipped has left, and what was bought has come; where units are tracked, that their level counts them and that reservations have their own.
 * Repairs what does not, on demand, with a report. Tells which goods, units and goods on their way, and packs
 * are of variants that the catalogue lacks, and which confirmed orders have no reservation.
 *
 * <p>Tables: none of its own; it is the auditor and reads those of stock, reservations, units, purchases, packs and variants together, in one statement, since
 * only one snapshot can be compared. What it repairs goes through the features that own it, with their locks and events.
 *
 * <p>Promise: nothing that is right is ever changed; what is found is told whether or not it can be repaired.
 */
@NullMarked
package io.souk.inventory.verify;

import org.jspecify.annotations.NullMarked;
