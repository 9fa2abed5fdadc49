package io.souk.cli.local;

import io.souk.stack.CacheFolder;
import io.souk.stack.Folders;
import io.souk.stack.LocalIssuer;
import io.souk.stack.StackException;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.stream.Stream;

/**
 * Where one local stack keeps what it has: the servers' data, logs ({@code NAME.log}), the issuer's keys, passwords, process
 * files ({@code run/NAME.pid}) and how it was started ({@code run/state.json}).
 */
public record DataFolder(Path path) {
    /** Marks the folder as ours, so that {@code --fresh} never empties somebody's home. */
    private static final String MARK = "souk-data";

    /** Enough for PostgreSQL's write-ahead log, Kafka's segments and the sample data. */
    private static final long NEEDED_BYTES = 1L << 30;

    public DataFolder {
        path = path.toAbsolutePath().normalize();
    }

    /** The given one, else {@code data} in the user's cache folder. */
    public static DataFolder of(@Nullable Path given) {
        return new DataFolder(given == null ? CacheFolder.ofUser().resolve("data") : given);
    }

    public boolean exists() {
        return Files.exists(path.resolve(MARK));
    }

    /** {@link #prepare(long)} with room for what the stack makes of the sample data and an import. */
    public void prepare() {
        prepare(NEEDED_BYTES);
    }

    /** Makes it if it is not there; refuses a folder that holds other things, and a file system without room. */
    void prepare(long neededBytes) {
        try {
            if (Files.isDirectory(path) && !exists() && !isEmpty()) {
                throw new StackException(
                        "The folder %s holds other things; name an empty or a new one with --data.".formatted(path));
            }
            Folders.make(path);
            Folders.make(run());
            Files.writeString(path.resolve(MARK), "Made by ./souk. Deleted by ./souk up --fresh.\n");
            long free = Files.getFileStore(path).getUsableSpace();
            if (free < neededBytes) {
                throw new StackException("There is no room in %s: %d MiB are free and %d are needed."
                        .formatted(path, free >> 20, neededBytes >> 20));
            }
        } catch (IOException e) {
            throw new StackException("The data folder %s cannot be used: %s.".formatted(path, reason(e)), e);
        }
    }

    private boolean isEmpty() throws IOException {
        try (var content = Files.list(path)) {
            return content.findAny().isEmpty();
        }
    }

    /** Forgets everything. Nothing may run on it. */
    public void empty() {
        if (!exists()) {
            return;
        }
        try (var content = Files.list(path)) {
            for (var entry : content.toList()) {
                if (isOurs(entry.getFileName().toString())) {
                    Folders.delete(entry);
                }
            }
        } catch (IOException e) {
            throw new StackException("The data folder %s cannot be emptied: %s.".formatted(path, reason(e)), e);
        }
    }

    /** Not the folder {@code run}: the lock that is held lies in it, and its process files are of processes that have ended. */
    private static boolean isOurs(String name) {
        return Stream.of(Component.values())
                        .map(Component::label)
                        .anyMatch(label -> name.equals(label) || name.startsWith(label + "."))
                || name.equals("issuer")
                || name.equals("passwords.properties")
                || name.equals("samples.done");
    }

    /** Held while a command changes what runs. Throws when another one holds it. */
    public Lock lock() {
        try {
            var channel = FileChannel.open(run().resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (!isLocked(channel)) {
                channel.close();
                throw new StackException("Another souk command is starting or stopping things in %s.".formatted(path));
            }
            return new Lock(channel);
        } catch (NoSuchFileException _) {
            throw new StackException("There is no stack in %s; ./souk up makes one.".formatted(path));
        } catch (IOException e) {
            throw new StackException("The data folder %s cannot be locked: %s.".formatted(path, reason(e)), e);
        }
    }

    private static boolean isLocked(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException _) {
            return false; // another thread of this process holds it
        }
    }

    /** Gone with the process that holds it. */
    public record Lock(FileChannel channel) implements AutoCloseable {
        @Override
        public void close() {
            try {
                channel.close();
            } catch (IOException e) {
                throw new StackException("The lock cannot be given back: %s.".formatted(e.getMessage()), e);
            }
        }
    }

    public LocalIssuer issuer() {
        return LocalIssuer.in(issuerFolder());
    }

    private Path run() {
        return path.resolve("run");
    }

    Path issuerFolder() {
        return path.resolve("issuer");
    }

    Path of(Component component) {
        return path.resolve(component.label());
    }

    Path logOf(Component component) {
        return path.resolve(component.label() + ".log");
    }

    ProcessFile processOf(Component component) {
        return new ProcessFile(run().resolve(component.label() + ".pid"));
    }

    Path stateFile() {
        return run().resolve("state.json");
    }

    Path passwordFile() {
        return path.resolve("passwords.properties");
    }

    public Path samplesMark() {
        return path.resolve("samples.done");
    }

    private static String reason(IOException e) {
        return e.getClass().getSimpleName() + ": " + e.getMessage();
    }
}
