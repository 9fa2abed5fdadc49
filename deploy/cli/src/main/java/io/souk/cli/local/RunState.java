package io.souk.cli.local;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.souk.stack.StackException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How the stack of a data folder was started last; what single components are started with again.
 *
 * @param startedAt RFC 3339
 */
public record RunState(String version, String startedAt, Ports ports) {
    private static final ObjectMapper JSON = new ObjectMapper();

    static Optional<RunState> read(DataFolder data) {
        try {
            if (!Files.exists(data.stateFile())) {
                return Optional.empty();
            }
            var tree = JSON.readTree(data.stateFile().toFile());
            var numbers = new EnumMap<Component, Integer>(Component.class);
            for (var component : Component.values()) {
                numbers.put(
                        component, tree.path("ports").path(component.label()).asInt(component.usualPort()));
            }
            return Optional.of(new RunState(
                    tree.path("version").asText(), tree.path("startedAt").asText(), new Ports(numbers)));
        } catch (JsonProcessingException e) {
            throw new StackException(
                    "The file %s is not one of ours: %s.".formatted(data.stateFile(), e.getOriginalMessage()), e);
        } catch (IOException e) {
            throw new StackException("The file %s cannot be read: %s.".formatted(data.stateFile(), e.getMessage()), e);
        }
    }

    /** The state; throws when no stack was ever started there. */
    public static RunState of(DataFolder data) {
        return read(data)
                .orElseThrow(() ->
                        new StackException("There is no stack in %s; ./souk up makes one.".formatted(data.path())));
    }

    void write(DataFolder data) {
        var byName = new LinkedHashMap<String, Integer>();
        for (var component : Component.values()) {
            byName.put(component.label(), ports.of(component));
        }
        var partial = data.stateFile().resolveSibling("state.json.new");
        try {
            var content = JSON.writerWithDefaultPrettyPrinter()
                    .writeValueAsString(Map.of("version", version, "startedAt", startedAt, "ports", byName));
            Files.writeString(partial, content + "\n");
            Files.move(partial, data.stateFile(), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new StackException(
                    "The file %s cannot be written: %s.".formatted(data.stateFile(), e.getMessage()), e);
        }
    }
}
