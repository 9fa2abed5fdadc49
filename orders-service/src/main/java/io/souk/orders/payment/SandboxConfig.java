package io.souk.orders.payment;

import io.smallrye.config.ConfigMapping;

import java.nio.file.Path;
import java.util.Optional;

/** Whether the sandbox keeps books. */
@ConfigMapping(prefix = "souk.payment.sandbox")
interface SandboxConfig {
    /**
     * The file to which the sandbox adds a line for each call that it approves; none by default, and then it keeps nothing. Its
     * folder must be there: else every approval fails, and is asked for again.
     */
    Optional<Path> book();
}
