package io.souk.testing;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A native image holds of the class path only the resources that its metadata names. Ours name them in
 * {@code META-INF/native-image/<group>/<artifact>/reachability-metadata.json}, each module its own.
 */
public final class NativeResources {
    private static final String METADATA = "reachability-metadata.json";
    private static final Pattern GLOB = Pattern.compile("\"glob\"\\s*:\\s*\"([^\"]+)\"");

    private NativeResources() {}

    /**
     * The resources below a folder of compiled classes, in alphabetical order, that no native image would have. Migrations
     * and configuration are left out: Quarkus brings them itself.
     */
    public static List<String> missing(Path classes) throws IOException {
        var named = patterns(classes);
        try (var files = Files.walk(classes)) {
            return files.filter(Files::isRegularFile)
                    .map(classes::relativize)
                    .filter(file -> !file.toString().endsWith(".class"))
                    .filter(file -> !file.startsWith("META-INF") && !file.startsWith("db"))
                    .filter(file -> !file.toString().equals("application.properties"))
                    .filter(file -> named.stream().noneMatch(pattern -> pattern.matches(file)))
                    .map(Path::toString)
                    .sorted()
                    .toList();
        }
    }

    private static List<PathMatcher> patterns(Path classes) throws IOException {
        var patterns = new ArrayList<PathMatcher>();
        try (var files = Files.walk(classes)) {
            for (var file : files.filter(file -> file.endsWith(METADATA)).toList()) {
                var globs = GLOB.matcher(Files.readString(file));
                while (globs.find()) {
                    patterns.add(FileSystems.getDefault().getPathMatcher("glob:" + globs.group(1)));
                }
            }
        }
        return patterns;
    }
}
