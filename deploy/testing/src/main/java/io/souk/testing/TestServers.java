package io.souk.testing;

import io.souk.stack.ProcessId;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.Properties;

/** Where the build's servers are, as the daemon says in a file that is whole from the moment it is there. */
record TestServers(
        ProcessId daemon, int postgresPort, String postgresPassword, int redisPort, int kafkaPort, String jwksUrl) {
    static Path file(Path buildFolder) {
        return buildFolder.resolve("servers.properties");
    }

    /** Empty where there is no file, or its daemon has ended. */
    static Optional<TestServers> find(Path buildFolder) {
        var file = file(buildFolder);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        var properties = new Properties();
        try (var reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        } catch (IOException e) {
            throw new UncheckedIOException("reading " + file, e);
        }
        return Optional.of(new TestServers(
                        ProcessId.parse(properties.getProperty("daemon")),
                        Integer.parseInt(properties.getProperty("postgres.port")),
                        properties.getProperty("postgres.password"),
                        Integer.parseInt(properties.getProperty("redis.port")),
                        Integer.parseInt(properties.getProperty("kafka.port")),
                        properties.getProperty("jwks.url")))
                .filter(servers -> servers.daemon.find().isPresent());
    }

    void write(Path buildFolder) throws IOException {
        var properties = new Properties();
        properties.setProperty("daemon", daemon.toString());
        properties.setProperty("postgres.port", Integer.toString(postgresPort));
        properties.setProperty("postgres.password", postgresPassword);
        properties.setProperty("redis.port", Integer.toString(redisPort));
        properties.setProperty("kafka.port", Integer.toString(kafkaPort));
        properties.setProperty("jwks.url", jwksUrl);
        var partial = buildFolder.resolve("servers.partial");
        try (var writer = Files.newBufferedWriter(partial)) {
            properties.store(writer, null);
        }
        Files.move(partial, file(buildFolder), StandardCopyOption.ATOMIC_MOVE);
    }

    String kafka() {
        return "127.0.0.1:" + kafkaPort;
    }
}
