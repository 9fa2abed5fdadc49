package io.souk.testing.schema;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The schemas under {@code docs/schemas/<service>/<aggregate>.v1.json}, which other teams build on. */
public final class ReleasedSchemas {
    private static final String SUFFIX = ".v1.json";
    private static final String EXAMPLE_SUFFIX = ".v1.example.json";
    private static final ObjectMapper JSON = new ObjectMapper();

    private ReleasedSchemas() {}

    /** Every released file of every service. */
    public static List<Path> all() {
        try (var files = Files.walk(folder())) {
            return files.filter(file -> file.toString().endsWith(SUFFIX))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Names of the aggregates of which a service has released a schema. */
    static List<String> aggregates(String service) {
        try (var files = Files.list(folder().resolve(service))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(SUFFIX))
                    .map(name -> name.substring(0, name.length() - SUFFIX.length()))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where an aggregate's schema is, or will be. */
    public static Path file(String service, String aggregate) {
        return folder().resolve(service).resolve(aggregate + SUFFIX);
    }

    /** The example beside a schema. */
    public static Path example(Path schema) {
        var name = schema.getFileName().toString();
        return schema.resolveSibling(name.substring(0, name.length() - SUFFIX.length()) + EXAMPLE_SUFFIX);
    }

    /** The aggregate's schema; empty before its first release. */
    public static Optional<JsonNode> find(String service, String aggregate) {
        var file = file(service, aggregate);
        return Files.exists(file) ? Optional.of(read(file)) : Optional.empty();
    }

    public static JsonNode read(Path file) {
        try {
            return JSON.readTree(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(file.toString(), e);
        }
    }

    /** Makes it what other teams get. */
    static void release(String service, String aggregate, JsonNode schema) {
        var file = file(service, aggregate);
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, text(schema) + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(file.toString(), e);
        }
    }

    static String text(JsonNode schema) {
        try {
            return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(schema);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static Path folder() {
        return Stream.iterate(Path.of("").toAbsolutePath(), folder -> folder != null, Path::getParent)
                .map(folder -> folder.resolve("docs/schemas"))
                .filter(Files::exists)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("there is no docs/schemas above this folder"));
    }
}
