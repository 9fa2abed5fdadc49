package io.souk.cli.local;

import io.souk.stack.Bootstrap;
import io.souk.stack.StackException;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/** The database roles' passwords: made once per data folder, random, readable by their owner only. */
record Passwords(Map<String, String> byRole) {
    private static final int BYTES = 18;

    static Passwords in(Path file) {
        try {
            var known = new Properties();
            if (Files.exists(file)) {
                try (var reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
                    known.load(reader);
                }
            }
            boolean added = false;
            for (var service : Bootstrap.services()) {
                for (var use : new String[] {"owner", "app", "worker"}) {
                    added |= known.putIfAbsent(service + "_" + use, random()) == null;
                }
            }
            if (added) {
                write(file, known);
            }
            var byRole = new TreeMap<String, String>();
            known.forEach((role, password) -> byRole.put((String) role, (String) password));
            return new Passwords(byRole);
        } catch (IOException e) {
            throw new StackException("The passwords in %s cannot be used: %s.".formatted(file, e.getMessage()), e);
        }
    }

    String of(Component service, String use) {
        var password = byRole.get(service.label() + "_" + use);
        if (password == null) {
            throw new IllegalArgumentException(service.label() + "_" + use);
        }
        return password;
    }

    private static void write(Path file, Properties passwords) throws IOException {
        var ownerOnly = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        if (!Files.exists(file)) {
            Files.createFile(file, ownerOnly);
        }
        try (var writer = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
            passwords.store(writer, null);
        }
    }

    private static String random() {
        var bytes = new byte[BYTES];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
