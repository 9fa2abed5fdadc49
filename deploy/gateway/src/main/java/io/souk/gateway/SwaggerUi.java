package io.souk.gateway;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;

/** Swagger UI over the merged document: these files and no others, each read once. */
final class SwaggerUi {
    private static final String WEBJAR = "META-INF/resources/webjars/swagger-ui/";
    private static final String WEBJAR_PROPERTIES = "META-INF/maven/org.webjars/swagger-ui/pom.properties";
    private static final Map<String, String> MEDIA_TYPES = Map.of(
            "index.html", "text/html; charset=utf-8",
            "initializer.js", "text/javascript; charset=utf-8",
            "swagger-ui.css", "text/css; charset=utf-8",
            "swagger-ui-bundle.js", "text/javascript; charset=utf-8",
            "favicon-32x32.png", "image/png");

    private final Vertx vertx;
    private final Map<String, Buffer> files = new HashMap<>();

    SwaggerUi(Vertx vertx) {
        this.vertx = vertx;
    }

    void send(HttpServerRequest request, String path) {
        var name = path.equals("/docs") || path.equals("/docs/") ? "index.html" : path.substring("/docs/".length());
        var mediaType = MEDIA_TYPES.get(name);
        if (mediaType == null) {
            Problem.notFound(path).send(request);
            return;
        }
        var known = files.get(name);
        if (known != null) {
            answer(request, mediaType, known);
            return;
        }
        vertx.executeBlocking(() -> read(name), false)
                .onSuccess(content -> {
                    files.put(name, content);
                    answer(request, mediaType, content);
                })
                .onFailure(_ -> Problem.notFound(path).send(request));
    }

    private static void answer(HttpServerRequest request, String mediaType, Buffer content) {
        request.response()
                .putHeader("cache-control", "max-age=3600")
                .putHeader("x-content-type-options", "nosniff")
                .putHeader(
                        "content-security-policy",
                        "default-src 'self'; img-src 'self' data:; style-src 'self' 'unsafe-inline'; frame-ancestors 'none'");
        Answers.send(request, 200, mediaType, content);
    }

    private static Buffer read(String name) {
        return switch (name) {
            case "index.html", "initializer.js" -> resource("docs/" + name);
            default -> resource(WEBJAR + webjarVersion() + "/" + name);
        };
    }

    private static String webjarVersion() {
        try (var in = open(WEBJAR_PROPERTIES)) {
            var properties = new Properties();
            properties.load(in);
            return properties.getProperty("version");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Buffer resource(String path) {
        try (var in = open(path)) {
            return Buffer.buffer(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static InputStream open(String path) throws FileNotFoundException {
        var in = SwaggerUi.class.getClassLoader().getResourceAsStream(path);
        if (in == null) {
            throw new FileNotFoundException(path);
        }
        return in;
    }
}
