package io.souk.stack;

import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

/**
 * Server binaries, taken once from the jars on the class path into the cache folder. A folder there is named after the checksum
 * of what it holds, is complete from the moment it has its name, and is never changed, so any number of launchers may
 * share it.
 */
final class Binaries {
    private static final Set<PosixFilePermission> PROGRAM = PosixFilePermissions.fromString("rwxr-xr-x");

    private Binaries() {}

    /** The folder that holds {@code bin/postgres} and what belongs to it. */
    static Path postgres(Path home) {
        var resource = "/postgres-%s-%s.txz".formatted(Platform.os(), Platform.isArm() ? "arm_64" : "x86_64");
        return unpacked(home, "postgresql", resource, Binaries::untar);
    }

    /** The folder that holds {@code redis-server}. */
    static Path redis(Path home) {
        var resource = "/redis-server-7.0.15-%s-%s".formatted(Platform.os(), Platform.isArm() ? "arm64" : "amd64");
        return unpacked(home, "redis", resource, Binaries::copyRedis);
    }

    private static Path unpacked(Path home, String name, String resource, Unpacking unpacking) {
        try {
            var url = Binaries.class.getResource(resource);
            if (url == null) {
                throw new StackException(
                        "There are no %s binaries for this machine (%s) on the class path.".formatted(name, resource));
            }
            var folder = home.toAbsolutePath().resolve("%s-%s".formatted(name, checksum(url)));
            if (!Files.isDirectory(folder)) {
                unpack(url, folder, unpacking);
            }
            return folder;
        } catch (IOException e) {
            throw new StackException("The %s binaries cannot be unpacked into %s: %s.".formatted(name, home, e), e);
        }
    }

    private static String checksum(URL url) throws IOException {
        if (!(url.openConnection() instanceof JarURLConnection jar)) {
            throw new FileNotFoundException(url + " is not in a jar");
        }
        return "%08x".formatted(jar.getJarEntry().getCrc());
    }

    private static void unpack(URL url, Path folder, Unpacking unpacking) throws IOException {
        Folders.make(Objects.requireNonNull(folder.getParent()));
        var partial = folder.resolveSibling(folder.getFileName() + "." + UUID.randomUUID());
        try {
            Folders.make(partial);
            try (var content = URI.create(url.toString()).toURL().openStream()) {
                unpacking.unpack(content, partial);
            }
            Files.move(partial, folder, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            // Another launcher may have been faster; a folder with the name is complete.
            if (!Files.isDirectory(folder)) {
                throw e;
            }
        } finally {
            Folders.delete(partial);
        }
    }

    private static void untar(InputStream content, Path folder) throws IOException {
        try (var tar = new TarArchiveInputStream(new XZCompressorInputStream(content))) {
            for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                var path = folder.resolve(entry.getName()).normalize();
                if (!path.startsWith(folder)) {
                    throw new IOException("entry outside of the archive: " + entry.getName());
                }
                extract(tar, entry, path);
            }
        }
    }

    private static void extract(TarArchiveInputStream tar, TarArchiveEntry entry, Path path) throws IOException {
        if (entry.isDirectory()) {
            Folders.make(path);
            return;
        }
        Folders.make(Objects.requireNonNull(path.getParent()));
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
        } else {
            Files.copy(tar, path);
            Files.setPosixFilePermissions(path, permissions((entry.getMode() & 0100) != 0));
        }
    }

    private static void copyRedis(InputStream content, Path folder) throws IOException {
        var program = folder.resolve("redis-server");
        Files.copy(content, program);
        Files.setPosixFilePermissions(program, permissions(true));
    }

    private static Set<PosixFilePermission> permissions(boolean program) {
        var permissions = EnumSet.copyOf(PROGRAM);
        if (!program) {
            permissions.removeAll(Set.of(
                    PosixFilePermission.OWNER_EXECUTE,
                    PosixFilePermission.GROUP_EXECUTE,
                    PosixFilePermission.OTHERS_EXECUTE));
        }
        return permissions;
    }

    @FunctionalInterface
    private interface Unpacking {
        void unpack(InputStream content, Path folder) throws IOException;
    }
}
