/**
 * Imports: files of products, one JSON object a line, that are taken in whole and worked off by a job.
 *
 * <p>Tables: {@code import_upload}, {@code import_chunk}, {@code import_key}, {@code import_record}. Publishes nothing of its own;
 * products, prices, brands and categories tell of themselves.
 *
 * <p>The upload is stored in chunks as it comes, in bounded memory; the job takes one chunk per transaction, so a process
 * that dies loses no row and does none twice. Every row is stored or named with its reasons. A row is matched to a product
 * by SKU or GTIN; what it does not name stays. The same file again changes nothing.
 */
@NullMarked
package io.souk.catalog.imports;

import org.jspecify.annotations.NullMarked;
