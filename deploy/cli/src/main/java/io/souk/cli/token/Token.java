package io.souk.cli.token;

import io.souk.cli.local.DataFolder;
import io.souk.cli.local.DataOption;
import io.souk.stack.StackException;
import io.souk.stack.TokenRequest;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;

@Command(name = "token", description = "Prints a signed token for the local stack, and nothing else.")
public final class Token implements Callable<Integer> {
    private static final String OPERATOR = "operator";
    private static final List<String> ROLES = List.of("admin", "merchant", "customer", "readonly", "service", OPERATOR);
    private static final Pattern TENANT = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");
    private static final Duration LONGEST = Duration.ofDays(30);

    @Option(names = "--tenant", paramLabel = "T", description = "The tenant; none for the role operator.")
    private @Nullable String tenant;

    @Option(
            names = "--role",
            required = true,
            paramLabel = "R",
            description = "admin, merchant, customer, readonly, service or operator.")
    private String role;

    @Option(names = "--subject", paramLabel = "S", description = "Who; default: local-<role>.")
    private @Nullable String subject;

    @Option(names = "--vendor", paramLabel = "V", description = "The vendor that a merchant acts for.")
    private @Nullable String vendor;

    @Option(
            names = "--ttl",
            paramLabel = "TIME",
            defaultValue = "8h",
            description = "How long it is valid, such as 30s, 15m, 8h; at most 30 days (720h); default 8h.")
    private String lifetime;

    @Mixin
    private DataOption data;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        var request = request();
        var folder = data.folder();
        if (!folder.exists()) {
            throw new StackException("There is no stack in %s; ./souk up makes one.".formatted(folder.path()));
        }
        spec.commandLine().getOut().println(folder.issuer().token(request));
        return 0;
    }

    private TokenRequest request() {
        if (!ROLES.contains(role)) {
            throw bad("There is no role %s; there are %s.".formatted(role, String.join(", ", ROLES)));
        }
        if (role.equals(OPERATOR) != (tenant == null)) {
            throw bad(tenant == null ? "The role %s needs a --tenant.".formatted(role) : "An operator has no tenant.");
        }
        if (tenant != null) {
            requireTenant(spec, tenant);
        }
        if (vendor != null && !role.equals("merchant")) {
            throw bad("Only a merchant acts for a vendor.");
        }
        if (subject != null && subject.isBlank()) {
            throw bad("A subject is not blank.");
        }
        return new TokenRequest(tenant, Set.of(role), subject == null ? "local-" + role : subject, vendor, lifetime());
    }

    private Duration lifetime() {
        try {
            var parsed = Duration.parse("PT" + lifetime.toUpperCase(Locale.ROOT));
            if (parsed.compareTo(Duration.ofSeconds(1)) >= 0 && parsed.compareTo(LONGEST) <= 0) {
                return parsed;
            }
        } catch (DateTimeParseException _) {
            // said below, together with what is out of bounds
        }
        throw bad("A --ttl is a time from 1s to 720h, such as 15m, not %s.".formatted(lifetime));
    }

    private ParameterException bad(String sentence) {
        return new ParameterException(spec.commandLine(), sentence);
    }

    /** Throws what the command is told when its tenant cannot be one. */
    public static void requireTenant(CommandSpec command, String tenant) {
        if (!TENANT.matcher(tenant).matches()) {
            throw new ParameterException(
                    command.commandLine(),
                    "A tenant is 1 to 63 lower-case letters, digits and hyphens, not %s.".formatted(tenant));
        }
    }

    /** An administrator's token for commands that act on a tenant's behalf. */
    public static String ofAdmin(DataFolder folder, String tenant, Duration lifetime) {
        return folder.issuer().token(new TokenRequest(tenant, Set.of("admin"), "souk-cli", null, lifetime));
    }

    /** An operator's token for commands that look after the installation. */
    public static String ofOperator(DataFolder folder, Duration lifetime) {
        return folder.issuer().token(new TokenRequest(null, Set.of(OPERATOR), "souk-cli", null, lifetime));
    }
}
