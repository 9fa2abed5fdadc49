package io.souk.testing;

import io.souk.stack.Folders;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What builds have left whose daemon was killed together with them, by the machine's end for one. */
final class Leftovers {
    private Leftovers() {}

    /** Ends what still runs of builds that are over, and deletes their folders. Running builds keep theirs. */
    static void remove(Path root) throws IOException {
        List<Path> folders;
        try (var files = Files.list(root)) {
            folders = files.filter(Files::isDirectory).filter(Build::isFolder).toList();
        }
        for (var folder : folders) {
            if (Build.of(folder).isOver() && TestServers.find(folder).isEmpty()) {
                new Processes(folder).killAll();
                Folders.delete(folder);
                Files.deleteIfExists(Space.lockFile(folder));
            }
        }
    }
}
