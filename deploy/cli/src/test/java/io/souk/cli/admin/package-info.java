@NullMarked
package io.souk.cli.admin;

import org.jspecify.annotations.NullMarked;
