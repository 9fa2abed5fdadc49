package io.souk.bench.bare;

import io.souk.cli.Http;
import io.souk.cli.Installation;
import io.souk.stack.FreePort;
import io.souk.stack.StackException;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A {@link BareServer} in a process of its own. */
public final class BareProcess implements AutoCloseable {
    private static final Duration READY = Duration.ofSeconds(60);
    private static final Duration LOOK = Duration.ofMillis(100);

    private final Process process;
    private final int port = FreePort.next();

    private BareProcess(Way way, List<String> jvmOptions, int redisPort, int eventLoops, Path log) throws IOException {
        var line = new ArrayList<String>();
        line.add(Installation.java().toString());
        line.addAll(jvmOptions);
        line.addAll(List.of("-Djava.util.logging.manager=org.jboss.logmanager.LogManager"));
        line.addAll(List.of("-cp", System.getProperty("java.class.path"), BareServer.class.getName()));
        line.addAll(
                List.of(way.name(), Integer.toString(port), Integer.toString(redisPort), Integer.toString(eventLoops)));
        process = new ProcessBuilder(line)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroy, "stop " + way));
    }

    /** Started and answering; {@code path} is one whose answer is in Redis. */
    public static BareProcess start(
            Way way, List<String> jvmOptions, int redisPort, int eventLoops, Path log, String path) {
        try {
            var started = new BareProcess(way, jvmOptions, redisPort, eventLoops, log);
            started.awaitReady(path, log);
            return started;
        } catch (IOException e) {
            throw new StackException("The bare server cannot be started: %s.".formatted(e.getMessage()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StackException("Interrupted while the bare server started.", e);
        }
    }

    private void awaitReady(String path, Path log) throws IOException, InterruptedException {
        var http = new Http();
        var address = URI.create("http://127.0.0.1:" + port + path);
        var deadline = Instant.now().plus(READY);
        while (!http.isOk(address)) {
            if (!process.isAlive() || Instant.now().isAfter(deadline)) {
                close();
                throw new StackException("The bare server does not answer: %s".formatted(Files.readString(log)));
            }
            Thread.sleep(LOOK);
        }
    }

    public int port() {
        return port;
    }

    public long pid() {
        return process.pid();
    }

    @Override
    public void close() {
        process.destroy();
    }
}
