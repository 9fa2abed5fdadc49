package io.souk.cli.verify;

import com.sun.net.httpserver.HttpServer;
import io.souk.cli.Ran;
import io.souk.cli.local.Component;
import io.souk.cli.local.DataFolder;
import io.souk.cli.local.TestStacks;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

import static java.util.Objects.requireNonNullElse;

/** A small server that answers as a service which verifies, over a real socket. */
final class VerificationServer implements AutoCloseable {
    private final HttpServer server;
    private final DataFolder data;
    private final String path;
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final Map<String, String> sent = new ConcurrentHashMap<>();

    VerificationServer(Path folder, String path) throws IOException {
        this.path = path;
        server = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
        server.start();
        data = new DataFolder(folder.resolve("data"));
        data.prepare();
        TestStacks.remember(data, Component.GATEWAY, server.getAddress().getPort());
    }

    /** Answers in two parts; the first one should lead on to the cursor {@code a-b_c}. */
    void answer(String first, String second) {
        serve(path, 200, first, second);
    }

    /** Another service answers at {@code other}, in one part. */
    void answerAt(String other, String only) {
        serve(other, 200, only, only);
    }

    void refuse(int status, String json) {
        serve(path, status, json, json);
    }

    /** The queries so far, in their order. */
    List<String> asked() {
        return asked;
    }

    /** The last body that was sent there; null if nobody asked there. */
    @Nullable
    String sentTo(String at) {
        return sent.get(at);
    }

    /** Runs {@code souk verify what --tenant t} against this server. */
    Ran verify(String what, String... more) {
        var arguments = new ArrayList<>(
                List.of("verify", what, "--tenant", "t", "--data", data.path().toString()));
        arguments.addAll(List.of(more));
        return Ran.souk(arguments.toArray(String[]::new));
    }

    private void serve(String at, int status, String first, String second) {
        server.createContext(at, exchange -> {
            var query = requireNonNullElse(exchange.getRequestURI().getQuery(), "");
            asked.add(query);
            sent.put(at, new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            var bytes = (query.contains("cursor") ? second : first).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
