package io.souk.chaos.proxy;

import io.souk.chaos.proxy.Weather.Direction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Before a server that sends back what it is sent. */
@Timeout(300)
class TcpProxyTest {
    private static final InetAddress HERE = InetAddress.ofLiteral("127.0.0.1");

    private ServerSocket echo;
    private TcpProxy proxy;

    @BeforeEach
    void open() throws IOException {
        echo = new ServerSocket(0, 10, HERE);
        Thread.ofVirtual().start(() -> {
            while (!echo.isClosed()) {
                try {
                    var client = echo.accept();
                    Thread.ofVirtual().start(() -> echo(client));
                } catch (IOException _) {
                    // closed
                }
            }
        });
        proxy = TcpProxy.open("test", 0, echo.getLocalPort());
    }

    private static void echo(Socket client) {
        try (client) {
            client.getInputStream().transferTo(client.getOutputStream());
        } catch (IOException _) {
            // reset
        }
    }

    @AfterEach
    void close() throws IOException {
        proxy.close();
        echo.close();
    }

    private Socket connect() throws IOException {
        var socket = new Socket(HERE, proxy.port());
        socket.setSoTimeout(60_000);
        return socket;
    }

    private static void say(Socket socket, String words) throws IOException {
        socket.getOutputStream().write(words.getBytes(StandardCharsets.UTF_8));
    }

    private static String hear(Socket socket, int bytes) throws IOException {
        return new String(socket.getInputStream().readNBytes(bytes), StandardCharsets.UTF_8);
    }

    @Test
    void givenClearWeather_whenAClientSpeaksAndEnds_thenItIsAnsweredToTheEnd() throws IOException {
        try (var client = connect()) {
            say(client, "hello");
            client.shutdownOutput();

            assertThat(new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .isEqualTo("hello");
        }
    }

    @Test
    void givenAnOpenConnection_whenItIsCut_thenTheClientIsReset() throws IOException {
        try (var client = connect()) {
            say(client, "hello");
            hear(client, 5);

            proxy.weather(new Weather.Cut());

            assertThatThrownBy(() -> hear(client, 1)).isInstanceOf(SocketException.class);
        }
    }

    @Test
    void givenACut_whenAClientConnects_thenItIsResetUntilTheWeatherClears() throws IOException {
        proxy.weather(new Weather.Cut());
        try (var client = connect()) {
            assertThatThrownBy(() -> {
                        say(client, "hello");
                        if (client.getInputStream().read() < 0) {
                            throw new SocketException("closed");
                        }
                    })
                    .isInstanceOf(SocketException.class);
        }

        proxy.weather(new Weather.Clear());

        try (var client = connect()) {
            say(client, "hello");
            assertThat(hear(client, 5)).isEqualTo("hello");
        }
    }

    @Test
    void givenSilentAnswers_whenAClientSpeaks_thenItHearsNothingUntilTheWeatherClears() throws IOException {
        proxy.weather(new Weather.Silent(Direction.ANSWERS));
        try (var client = connect()) {
            say(client, "hello");
            client.setSoTimeout(300);
            assertThatThrownBy(() -> hear(client, 1)).isInstanceOf(SocketTimeoutException.class);

            proxy.weather(new Weather.Clear());

            client.setSoTimeout(60_000);
            assertThat(hear(client, 5)).isEqualTo("hello");
        }
    }

    @Test
    void givenSlowWeather_whenAClientSpeaks_thenItsAnswerComesWholeAndLate() throws IOException {
        proxy.weather(new Weather.Slow(Duration.ofMillis(200), 1_000));
        try (var client = connect()) {
            long start = System.nanoTime();
            say(client, "hello");

            assertThat(hear(client, 5)).isEqualTo("hello");
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(400));
        }
    }

    @Test
    void givenNobodyBehindIt_whenAClientConnects_thenItIsReset() throws IOException {
        echo.close();
        try (var client = connect()) {
            assertThatThrownBy(() -> {
                        say(client, "hello");
                        if (client.getInputStream().read() < 0) {
                            throw new SocketException("closed");
                        }
                    })
                    .isInstanceOf(SocketException.class);
        }
    }
}
