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
import java.util.Map;

/** A server to compare with, such as a {@link BareServer}, in a process of its own. */
public final class BareProcess implements AutoCloseable {
    /** Of a server that answers nothing else without a token. */
    public static final String READY_PATH = "/ready";

    private static final Duration READY = Duration.ofSeconds(60);
    private static final Duration LOOK = Duration.ofMillis(100);

    private final Process process;
    private final int port = FreePort.next();

    private BareProcess(
            Class<?> main, List<String> arguments, Map<String, String> environment, List<String> jvmOptions, Path log)
            throws IOException {
        var line = new ArrayList<String>();
        line.add(Installation.java().toString());
        line.addAll(jvmOptions);
        line.addAll(List.of("-Djava.util.logging.manager=org.jboss.logmanager.LogManager"));
        line.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName(), Integer.toString(port)));
        line.addAll(arguments);
        var builder = new ProcessBuilder(line)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().putAll(environment);
        process = builder.start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroy, "stop " + main.getSimpleName()));
    }

    /** Started and answering; {@code path} is one whose answer is in Redis. */
    public static BareProcess start(
            Way way, List<String> jvmOptions, int redisPort, int eventLoops, Path log, String path) {
        var arguments = List.of(way.name(), Integer.toString(redisPort), Integer.toString(eventLoops));
        return start(BareServer.class, arguments, Map.of(), jvmOptions, log, path);
    }

    /**
     * Another server, started and answering; {@code path} is one that it answers with 200, such as {@link #READY_PATH}.
     *
     * @param arguments of its main method, behind the port to listen on
     */
    public static BareProcess start(
            Class<?> main,
            List<String> arguments,
            Map<String, String> environment,
            List<String> jvmOptions,
            Path log,
            String path) {
        try {
            var started = new BareProcess(main, arguments, environment, jvmOptions, log);
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
