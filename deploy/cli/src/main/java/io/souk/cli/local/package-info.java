/**
 * The local stack: three servers, four services and the gateway as detached processes of this machine, known by process files
 * in the data folder. Owns that folder.
 *
 * <p>Promise: a process is only ever signalled when its id and its start time are those that were written down, and two
 * commands do not work on one data folder at once.
 */
@NullMarked
package io.souk.cli.local;

import org.jspecify.annotations.NullMarked;
