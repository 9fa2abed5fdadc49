package io.souk.stack;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Kafka on 127.0.0.1 in a JVM of its own: one node that is broker and KRaft controller. */
public final class KafkaServer implements AutoCloseable {
    public static final StopSignal STOP_SIGNAL = StopSignal.TERMINATE;

    private static final int PROBE_MILLIS = 500;
    private static final short METADATA = 3;

    /** Small: what one machine needs for all of Souk. Both compilers, since under load the broker would else be the busiest of all. */
    private static final List<String> JVM = List.of(
            "-Xms64m",
            "-Xmx256m",
            "-XX:+UseSerialGC",
            "-XX:MaxMetaspaceSize=96m",
            "-XX:MaxDirectMemorySize=64m",
            "-XX:ReservedCodeCacheSize=48m",
            "-XX:+ExitOnOutOfMemoryError",
            "-Djava.awt.headless=true",
            "--sun-misc-unsafe-memory-access=allow", // Kafka's own use of it, about which the JVM would warn
            "-Dlog4j2.loggerContextFactory=org.apache.logging.log4j.simple.SimpleLoggerContextFactory",
            "-Djava.util.logging.manager=org.jboss.logmanager.LogManager");

    private final RunningServer server;

    private KafkaServer(RunningServer server) {
        this.server = server;
    }

    /**
     * Starts a child and comes back when it answers. Makes the data when {@code data} does not exist; goes on with it, after
     * a crash too, when it does.
     */
    public static KafkaServer start(Path data, int port, Duration timeout) {
        return start(command(data, port, Map.of()), timeout);
    }

    /** Starts a child from a {@link #command} and comes back when it answers. */
    public static KafkaServer start(ServerCommand command, Duration timeout) {
        return new KafkaServer(RunningServer.start(command, timeout));
    }

    /**
     * How to start it, on the class path of this JVM. The log is {@code data} + ".log". The controller listens on a port of
     * its own, found free now and not kept.
     *
     * @param settings of the broker that differ from {@link KafkaMain}'s
     */
    public static ServerCommand command(Path data, int port, Map<String, String> settings) {
        var folder = data.toAbsolutePath().normalize();
        try {
            Folders.make(folder);
        } catch (IOException e) {
            throw new StackException("The folder %s cannot be made: %s.".formatted(folder, e), e);
        }
        var line = new ArrayList<String>();
        line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        line.addAll(JVM);
        var classPath = System.getProperty("java.class.path");
        line.addAll(ClassArchive.options(CacheFolder.ofUser(), "kafka", classPath));
        line.addAll(List.of("-cp", classPath, KafkaMain.class.getName()));
        line.addAll(List.of(folder.toString(), Integer.toString(port), Integer.toString(FreePort.next())));
        settings.forEach((name, value) -> line.add(name + "=" + value));
        return new ServerCommand(
                "Kafka",
                line,
                Map.of(),
                folder,
                port,
                folder.resolveSibling(folder.getFileName() + ".log"),
                STOP_SIGNAL,
                () -> answers(port));
    }

    public int port() {
        return server.port();
    }

    public Process process() {
        return server.process();
    }

    @Override
    public void close() {
        server.close();
    }

    /** Whether it serves clients now: a broker that does names itself in the cluster's metadata, of which this asks version 1. */
    public static boolean answers(int port) {
        try (var socket = new Socket()) {
            socket.setSoTimeout(PROBE_MILLIS);
            socket.connect(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port), PROBE_MILLIS);
            var out = new DataOutputStream(socket.getOutputStream());
            out.writeInt(18);
            out.writeShort(METADATA);
            out.writeShort(1); // version
            out.writeInt(1); // correlation id
            out.writeShort(4);
            out.writeBytes("souk"); // client id
            out.writeInt(0); // no topics
            out.flush();
            var in = new DataInputStream(socket.getInputStream());
            in.readInt(); // length
            in.readInt(); // correlation id
            return in.readInt() > 0; // brokers
        } catch (IOException _) {
            return false;
        }
    }
}
