package io.souk.kit;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.ConfigValidationException;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.config.WithDefault;
import io.smallrye.config.common.utils.StringUtil;
import io.smallrye.config.validator.BeanValidationConfigValidator;
import io.souk.kit.changes.ChangesConfig;
import io.souk.kit.consumer.InboxConfig;
import io.souk.kit.consumer.ReadersConfig;
import io.souk.kit.event.EventsConfig;
import io.souk.kit.http.HttpLimits;
import io.souk.kit.http.SizeBetween;
import io.souk.kit.idempotency.IdempotencyConfig;
import io.souk.kit.job.JobsConfig;
import io.souk.kit.outbox.RelayConfig;
import io.souk.kit.redis.RedisConfig;
import io.souk.kit.retelling.RetellingConfig;
import io.souk.kit.tenant.TransactionsConfig;
import io.souk.kit.token.ClaimPath;
import io.souk.kit.token.TokenAlgorithm;
import io.souk.kit.token.TokenConfig;
import io.souk.kit.view.AuditConfig;
import io.souk.kit.view.ViewConfig;
import jakarta.validation.Validation;
import jakarta.validation.Validator;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Every property of the kit: its default and its range are written down, and outside of the range nothing starts. */
class ConfigurationTest {
    private static final List<Class<?>> MAPPINGS = List.of(
            AuditConfig.class,
            ChangesConfig.class,
            EventsConfig.class,
            HttpLimits.class,
            IdempotencyConfig.class,
            InboxConfig.class,
            JobsConfig.class,
            ReadersConfig.class,
            RedisConfig.class,
            RelayConfig.class,
            RetellingConfig.class,
            TokenConfig.class,
            TransactionsConfig.class,
            ViewConfig.class);

    private static final Validator VALIDATOR =
            Validation.buildDefaultValidatorFactory().getValidator();

    /** What has no default. */
    private static final Map<String, String> REQUIRED = Map.of(
            "souk.token.issuer", "https://issuer.example",
            "souk.token.audience", "souk",
            "souk.token.jwks-url", "https://issuer.example/keys");

    @Test
    void everyPropertyIsInTheDocumentationWithItsDefaultAndItsRange() throws IOException {
        var rows = Files.readAllLines(Path.of("..", "docs", "configuration.md")).stream()
                .filter(line -> line.startsWith("| `souk."))
                .map(line -> line.substring(0, line.lastIndexOf(" | ")))
                .toList();

        assertThat(rows)
                .containsExactlyInAnyOrderElementsOf(MAPPINGS.stream()
                        .flatMap(ConfigurationTest::properties)
                        .map(ConfigurationTest::row)
                        .toList());
    }

    @Test
    void everyNumberTimeAndSizeHasARange() {
        assertThat(MAPPINGS.stream().flatMap(ConfigurationTest::properties))
                .filteredOn(property -> property.getReturnType() != boolean.class
                        && property.getReturnType() != java.util.Optional.class)
                .allSatisfy(property -> assertThat(range(property)).isNotEmpty());
    }

    @Test
    void theDefaultsAreWithinTheirRanges() {
        assertThatCode(() -> read(Map.of())).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({
        "souk.changes.window, 63K, 64K",
        "souk.changes.log-readers, 0, 1",
        "souk.changes.keep-alive, 61s, 1m",
        "souk.events.topic-prefix, a b, souk",
        "souk.events.partitions, 0, 1",
        "souk.events.replication, -2, 3",
        "souk.events.epoch, 100000, 99999",
        "souk.http.max-body-size, 1023, 1K",
        "souk.http.max-body-size, 257M, 256M",
        "souk.http.max-stream-size, 0, 1T",
        "souk.idempotency.keep-for, 59m, 1h",
        "souk.inbox.retention, 0s, 1h",
        "souk.jobs.concurrency, -1, 0",
        "souk.jobs.concurrency, 65, 64",
        "souk.jobs.retention, 59m, 1h",
        "souk.consumer.batch, 0, 10000",
        "souk.consumer.poll, 0s, 1ms",
        "souk.redis.url, '', redis://elsewhere:6379",
        "souk.redis.in-flight, 0, 1",
        "souk.relay.batch-bytes, 6291457, 6291456",
        "souk.relay.crowd-window, 101ms, 100ms",
        "souk.retelling.max-backlog, 0, 1",
        "souk.token.issuer, ' ', https://issuer.example",
        "souk.token.remember-for, 61s, 60s",
        "souk.token.algorithms, HS256, 'RS256,ES256'",
        "souk.token.algorithms, 'RS256,none', PS256",
        "souk.token.tenant-claim, a//b, a/b",
        "souk.token.roles-claim, a/, '\"https://souk.example/roles\"'",
        "souk.token.vendor-claim, '\"a\"b', '\"a\"/b'",
        "souk.transactions.max-waiting, -1, 0",
        "souk.transactions.deadline, 11m, 10m",
        "souk.view.loads, 0, 1",
        "souk.view.lookup-absence, 2001ms, 2s",
        "souk.view-audit.rate, -1, 0",
        "souk.view-audit.repairs, 10001, 10000",
    })
    void givenAValueOutOfRange_thenTheServiceDoesNotStartAndNamesTheKey(String key, String bad, String good) {
        assertThatThrownBy(() -> read(Map.of(key, bad))).hasMessageContaining(key);
        assertThatCode(() -> read(Map.of(key, good))).doesNotThrowAnyException();
    }

    @Test
    void givenSeveralMistakes_thenAllAreNamedAtOnce() {
        assertThatThrownBy(() -> read(Map.of("souk.view.loads", "0", "souk.view.waiting-loads", "-1")))
                .isInstanceOf(ConfigValidationException.class)
                .hasMessageContaining("souk.view.loads")
                .hasMessageContaining("souk.view.waiting-loads");
    }

    private static SmallRyeConfig read(Map<String, String> values) {
        var all = new HashMap<>(REQUIRED);
        all.putAll(values);
        var builder = new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withValidator((BeanValidationConfigValidator) () -> VALIDATOR);
        MAPPINGS.forEach(builder::withMapping);
        all.forEach(builder::withDefaultValue);
        return builder.build();
    }

    private static Stream<Method> properties(Class<?> mapping) {
        return Arrays.stream(mapping.getDeclaredMethods()).filter(method -> !method.isSynthetic());
    }

    private static String row(Method property) {
        var prefix = Objects.requireNonNull(property.getDeclaringClass().getAnnotation(ConfigMapping.class))
                .prefix();
        @Nullable WithDefault value = property.getAnnotation(WithDefault.class);
        return "| `%s.%s` | %s | %s"
                .formatted(
                        prefix,
                        StringUtil.skewer(property.getName()),
                        value == null ? "" : value.value(),
                        range(property));
    }

    /** As the documentation has it; empty where there is none. */
    private static String range(Method property) {
        if (property.getReturnType() == boolean.class) {
            return "true, false";
        }
        if (property.getReturnType() == ClaimPath.class) {
            return "claims parted by `/`";
        }
        if (property.getReturnType() == Set.class) {
            return Arrays.stream(TokenAlgorithm.values()).map(Enum::name).collect(Collectors.joining(", "));
        }
        if (property.isAnnotationPresent(NotBlank.class)) {
            return "not blank";
        }
        @Nullable Pattern pattern = property.getAnnotation(Pattern.class);
        if (pattern != null) {
            return "`" + pattern.regexp() + "`";
        }
        @Nullable SizeBetween sizes = property.getAnnotation(SizeBetween.class);
        if (sizes != null) {
            return sizes.min() + " to " + sizes.max();
        }
        @Nullable Min least = property.getAnnotation(Min.class);
        @Nullable Max most = property.getAnnotation(Max.class);
        if (least != null && most != null) {
            return least.value() + " to " + most.value();
        }
        @Nullable DurationMin shortest = property.getAnnotation(DurationMin.class);
        @Nullable DurationMax longest = property.getAnnotation(DurationMax.class);
        return shortest == null || longest == null ? "" : text(duration(shortest)) + " to " + text(duration(longest));
    }

    private static Duration duration(DurationMin bound) {
        return Duration.ofDays(bound.days())
                .plusHours(bound.hours())
                .plusMinutes(bound.minutes())
                .plusSeconds(bound.seconds())
                .plusMillis(bound.millis());
    }

    private static Duration duration(DurationMax bound) {
        return Duration.ofDays(bound.days())
                .plusHours(bound.hours())
                .plusMinutes(bound.minutes())
                .plusSeconds(bound.seconds())
                .plusMillis(bound.millis());
    }

    /** In the largest unit of which it is a whole number. */
    private static String text(Duration duration) {
        var millis = duration.toMillis();
        if (millis % 1_000 != 0 || millis == 0) {
            return millis + "ms";
        }
        if (millis % 60_000 != 0) {
            return millis / 1_000 + "s";
        }
        if (millis % 3_600_000 != 0) {
            return millis / 60_000 + "m";
        }
        return millis % 86_400_000 != 0 ? millis / 3_600_000 + "h" : millis / 86_400_000 + "d";
    }
}
