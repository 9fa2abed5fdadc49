package io.souk.cli.build;

import io.souk.stack.StackException;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * One Maven module that makes something to run.
 *
 * @param path from the root
 * @param artifact what must be there
 * @param inputs what it is made from, from the root: folders and files, its own and those of the modules it contains
 */
record Module(Path root, String path, Path artifact, List<String> inputs) {
    static Module service(Path root, String name) {
        var path = name + "-service";
        return new Module(
                root,
                path,
                root.resolve(path).resolve("target/quarkus-app/quarkus-run.jar"),
                List.of(
                        "pom.xml",
                        path + "/pom.xml",
                        path + "/src/main",
                        "service-kit/pom.xml",
                        "service-kit/src/main"));
    }

    static Module program(Path root, String path, String jar, String... more) {
        var inputs = new ArrayList<>(List.of("pom.xml", path + "/pom.xml", path + "/src/main"));
        inputs.addAll(List.of(more));
        return new Module(root, path, root.resolve(path).resolve("target").resolve(jar), inputs);
    }

    /** Whether a source changed since {@link #built}, or what was made is not there. */
    boolean isStale() {
        try {
            if (!Files.exists(artifact) || !Files.exists(stamp())) {
                return true;
            }
            var built = Files.getLastModifiedTime(stamp());
            for (var input : inputs) {
                if (changedAfter(root.resolve(input), built)) {
                    return true;
                }
            }
            return false;
        } catch (IOException e) {
            throw new StackException("The module %s cannot be looked at: %s.".formatted(path, e.getMessage()), e);
        }
    }

    /** Takes down that it was built from what was there at that moment. */
    void built(Instant started) {
        try {
            Files.writeString(stamp(), "");
            Files.setLastModifiedTime(stamp(), FileTime.from(started));
        } catch (IOException e) {
            throw new StackException("The module %s cannot be marked as built: %s.".formatted(path, e.getMessage()), e);
        }
    }

    private Path stamp() {
        return root.resolve(path).resolve("target/built-by-souk");
    }

    private static boolean changedAfter(Path input, FileTime time) throws IOException {
        if (!Files.exists(input)) {
            return false;
        }
        var found = new boolean[1];
        Files.walkFileTree(input, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes attributes) {
                return look(attributes); // a folder changes when a file in it is deleted
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                return look(attributes);
            }

            private FileVisitResult look(BasicFileAttributes attributes) {
                if (attributes.lastModifiedTime().compareTo(time) > 0) {
                    found[0] = true;
                    return FileVisitResult.TERMINATE;
                }
                return FileVisitResult.CONTINUE;
            }
        });
        return found[0];
    }
}
