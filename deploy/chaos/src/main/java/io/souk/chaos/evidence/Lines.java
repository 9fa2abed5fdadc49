package io.souk.chaos.evidence;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.souk.stack.StackException;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A file of facts, one line of JSON each. Safe for several threads; what was written is on its way to the file at once. */
public final class Lines implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Writer writer;
    private long count;

    private Lines(Writer writer) {
        this.writer = writer;
    }

    public static Lines writing(Path file) {
        try {
            return new Lines(Files.newBufferedWriter(file, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new StackException("The history %s cannot be written: %s.".formatted(file, e.getMessage()), e);
        }
    }

    public static List<Fact> read(Path file) {
        var facts = new ArrayList<Fact>();
        try (var reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            for (var line = reader.readLine(); line != null; line = reader.readLine()) {
                facts.add(JSON.readValue(line, Fact.class));
            }
        } catch (JsonProcessingException e) {
            throw new StackException(
                    "Line %d of %s is no fact: %s.".formatted(facts.size() + 1, file, e.getOriginalMessage()), e);
        } catch (IOException e) {
            throw new StackException("The history %s cannot be read: %s.".formatted(file, e.getMessage()), e);
        }
        return facts;
    }

    /** A fact of one line. */
    public static Fact parse(String line) {
        try {
            return JSON.readValue(line, Fact.class);
        } catch (JsonProcessingException e) {
            throw new StackException("%s is no fact: %s.".formatted(line, e.getOriginalMessage()), e);
        }
    }

    public void add(Fact fact) {
        try {
            var line = JSON.writerFor(Fact.class).writeValueAsString(fact);
            synchronized (this) {
                writer.write(line);
                writer.write('\n');
                count++;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public synchronized long count() {
        return count;
    }

    @Override
    public synchronized void close() {
        try {
            writer.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
