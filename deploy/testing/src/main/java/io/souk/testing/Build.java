package io.souk.testing;

import io.souk.stack.CacheFolder;
import io.souk.stack.ProcessId;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The build that this test JVM belongs to.
 *
 * @param process Maven's; where the tests run without Maven, the process that started the test JVM
 */
record Build(ProcessId process) {
    private static final String MAVEN_LAUNCHER = "org.codehaus.plexus.classworlds.launcher.Launcher";

    private static final Pattern FOLDER = Pattern.compile("\\d{1,18}-\\d{1,18}");

    static Build current() {
        return new Build(ProcessId.of(maven().or(Build::parent).orElseGet(ProcessHandle::current)));
    }

    static boolean isFolder(Path folder) {
        return FOLDER.matcher(folder.getFileName().toString()).matches();
    }

    /** The build that a {@link #folder} belongs to. */
    static Build of(Path folder) {
        var parts = folder.getFileName().toString().split("-", 2);
        return new Build(new ProcessId(Long.parseLong(parts[0]), Instant.ofEpochSecond(Long.parseLong(parts[1]))));
    }

    /** What the test JVMs of this build share. PostgreSQL may have to enter it as another user. */
    Path folder() {
        return root().resolve("%d-%d".formatted(process.pid(), process.started().getEpochSecond()));
    }

    boolean isOver() {
        return process.find().isEmpty();
    }

    static Path root() {
        return CacheFolder.ofUser().resolve("tests");
    }

    private static Optional<ProcessHandle> maven() {
        return Stream.iterate(parent(), Optional::isPresent, child -> child.flatMap(ProcessHandle::parent))
                .flatMap(Optional::stream)
                .filter(process -> process.info().commandLine().orElse("").contains(MAVEN_LAUNCHER))
                .findFirst();
    }

    private static Optional<ProcessHandle> parent() {
        return ProcessHandle.current().parent();
    }
}
