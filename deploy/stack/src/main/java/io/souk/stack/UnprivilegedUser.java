package io.souk.stack;

import com.sun.security.auth.module.UnixSystem;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * PostgreSQL refuses to run as root. Started by root, it runs as {@code nobody} instead, by {@code setpriv}, which changes the
 * user and then becomes the program: the process id stays, and no user namespace is needed.
 */
final class UnprivilegedUser {
    private static final String NAME = "nobody";

    private final boolean needed;

    private UnprivilegedUser(boolean needed) {
        this.needed = needed;
    }

    static UnprivilegedUser forThisProcess() {
        return new UnprivilegedUser(isRoot());
    }

    static boolean isRoot() {
        return new UnixSystem().getUid() == 0;
    }

    /** The command line that runs {@code line} as a user whom PostgreSQL accepts. */
    List<String> run(List<String> line) {
        if (!needed) {
            return line;
        }
        var setpriv = Programs.find("setpriv")
                .orElseThrow(
                        () -> new StackException(
                                "PostgreSQL refuses to run as root and setpriv (util-linux) is not there: run as an ordinary user."));
        var ids = List.of("--reuid", id("-u"), "--regid", id("-g"), "--clear-groups", "--");
        return Stream.of(List.of(setpriv.toString()), ids, line)
                .flatMap(List::stream)
                .toList();
    }

    private static String id(String flag) {
        return Programs.run(List.of("id", flag, NAME), Map.of(), Path.of("/")).strip();
    }

    /** Gives a folder with all its content to the user whom PostgreSQL runs as, who must be able to get there. */
    void give(Path folder) {
        if (!needed) {
            return;
        }
        requireReachable(folder);
        try {
            var owner = folder.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(NAME);
            Files.walkFileTree(folder, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes attributes) throws IOException {
                    return visitFile(dir, attributes);
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    if (!attributes.isSymbolicLink() && !Files.getOwner(file).equals(owner)) {
                        Files.setOwner(file, owner);
                    }
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException("giving " + folder + " to " + NAME, e);
        }
    }

    void requireReachable(Path folder) {
        if (!needed) {
            return;
        }
        for (var parent = folder.toAbsolutePath().normalize().getParent();
                parent != null;
                parent = parent.getParent()) {
            try {
                if (!Files.getPosixFilePermissions(parent).contains(PosixFilePermission.OTHERS_EXECUTE)) {
                    throw new StackException(
                            "PostgreSQL refuses to run as root, and the user %s whom it runs as instead cannot enter %s: name a folder outside it."
                                    .formatted(NAME, parent));
                }
            } catch (IOException e) {
                throw new UncheckedIOException("looking at " + parent, e);
            }
        }
    }
}
