package io.souk.kit.redis;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** A Lua script that Redis knows by the hash of its text. */
public final class RedisScript {
    private final byte[] text;
    private final byte[] hash;

    private RedisScript(byte[] text) {
        this.text = text;
        this.hash = HexFormat.of().formatHex(sha1(text)).getBytes(StandardCharsets.US_ASCII);
    }

    /** The script in a resource beside the class. */
    public static RedisScript beside(Class<?> owner, String file) {
        try (var in = owner.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalArgumentException("no resource " + file + " beside " + owner.getName());
            }
            return new RedisScript(in.readAllBytes());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    RedisCommand byHash(List<byte[]> keys, List<byte[]> arguments) {
        return call("EVALSHA", hash, keys, arguments);
    }

    RedisCommand byText(List<byte[]> keys, List<byte[]> arguments) {
        return call("EVAL", text, keys, arguments);
    }

    private static RedisCommand call(String command, byte[] script, List<byte[]> keys, List<byte[]> arguments) {
        var call = RedisCommand.of(command, 2 + keys.size() + arguments.size())
                .arg(script)
                .arg(keys.size());
        keys.forEach(call::arg);
        arguments.forEach(call::arg);
        return call;
    }

    private static byte[] sha1(byte[] text) {
        try {
            return MessageDigest.getInstance("SHA-1").digest(text);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-1", impossible);
        }
    }
}
