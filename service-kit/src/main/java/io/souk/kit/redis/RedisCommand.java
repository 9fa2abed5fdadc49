package io.souk.kit.redis;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** One command in its form on the wire. Written once, by one thread, then sent once. */
public final class RedisCommand {
    private static final int FIRST_SIZE = 256;
    private static final int LONGEST_NUMBER = 11;

    private final int arguments;
    private byte[] bytes = new byte[FIRST_SIZE];
    private int length;
    private int written;

    private RedisCommand(String name, int arguments) {
        this.arguments = arguments;
        header('*', arguments + 1);
        var word = name.getBytes(StandardCharsets.US_ASCII);
        bulk(word.length);
        append(word);
        endLine();
    }

    /** A command with exactly that number of arguments still to be added. */
    public static RedisCommand of(String name, int arguments) {
        return new RedisCommand(name, arguments);
    }

    public RedisCommand arg(byte[] argument) {
        begin(argument.length);
        append(argument);
        endLine();
        return this;
    }

    /** One argument made of three parts, such as a key. */
    public RedisCommand arg(byte[] first, byte[] second, byte[] third) {
        begin(first.length + second.length + third.length);
        append(first);
        append(second);
        append(third);
        endLine();
        return this;
    }

    public RedisCommand arg(String argument) {
        return arg(argument.getBytes(StandardCharsets.UTF_8));
    }

    public RedisCommand arg(long argument) {
        return arg(Long.toString(argument));
    }

    byte[] bytes() {
        if (written != arguments) {
            throw new IllegalStateException(written + " of " + arguments + " arguments");
        }
        return bytes;
    }

    int length() {
        return length;
    }

    private void begin(int size) {
        if (written == arguments) {
            throw new IllegalStateException("more than " + arguments + " arguments");
        }
        written++;
        bulk(size);
    }

    private void bulk(int size) {
        header('$', size);
        reserve(size + 2);
    }

    private void append(byte[] part) {
        System.arraycopy(part, 0, bytes, length, part.length);
        length += part.length;
    }

    private void header(char type, int number) {
        reserve(1 + LONGEST_NUMBER + 2);
        bytes[length++] = (byte) type;
        int digits = 1;
        for (int rest = number / 10; rest > 0; rest /= 10) {
            digits++;
        }
        int rest = number;
        for (int i = length + digits - 1; i >= length; i--) {
            bytes[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        length += digits;
        endLine();
    }

    private void endLine() {
        bytes[length++] = '\r';
        bytes[length++] = '\n';
    }

    private void reserve(int more) {
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(length + more, bytes.length * 2));
        }
    }
}
