package io.souk.testing.architecture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The table of docs/errors.md, in which callers look up what a problem's type means. */
final class ErrorsPage {
    private static final Pattern SLUG = Pattern.compile("`([a-z-]+)`");

    private ErrorsPage() {}

    /** What stands in the first column. */
    static Set<String> slugs() {
        try (var lines = Files.lines(page())) {
            return lines.filter(line -> line.startsWith("| `"))
                    .map(line -> line.substring(0, line.indexOf('|', 1)))
                    .flatMap(cell -> SLUG.matcher(cell).results())
                    .map((MatchResult slug) -> slug.group(1))
                    .collect(Collectors.toUnmodifiableSet());
        } catch (IOException e) {
            throw new UncheckedIOException("docs/errors.md cannot be read", e);
        }
    }

    /** Of each constant of an enum that has a method {@code slug}. */
    static List<String> slugsOf(Class<?> refusals) {
        return Arrays.stream(refusals.getEnumConstants())
                .map(ErrorsPage::slugOf)
                .toList();
    }

    private static String slugOf(Object refusal) {
        try {
            var slug = refusal.getClass().getMethod("slug");
            slug.setAccessible(true); // the enum may be its package's own
            return (String) slug.invoke(refusal);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("asking " + refusal + " for its slug", e);
        }
    }

    private static Path page() {
        return Stream.iterate(Path.of("").toAbsolutePath(), folder -> folder != null, Path::getParent)
                .map(folder -> folder.resolve("docs/errors.md"))
                .filter(Files::exists)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("there is no docs/errors.md above this folder"));
    }
}
