package io.souk.kit.http;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.buffer.Buffer;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.MessageBodyReader;
import jakarta.ws.rs.ext.Provider;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;

import static io.souk.kit.problem.KitProblem.MALFORMED;
import static io.souk.kit.problem.KitProblem.TOO_LARGE;

/**
 * Reads JSON bodies. Unlike the framework's own reader it refuses a body that is empty or {@code null} where one is
 * needed (resources never see null), and it bounds a body that did not announce its length.
 */
@Provider
@Consumes({MediaType.APPLICATION_JSON, MergePatch.MEDIA_TYPE})
public class JsonBodyReader implements MessageBodyReader<Object> {
    private final ObjectMapper json;
    private final long maxBytes;

    JsonBodyReader(ObjectMapper json, HttpLimits limits) {
        this.json = json;
        this.maxBytes = limits.maxBodySize().asLongValue();
    }

    @Override
    public boolean isReadable(Class<?> type, Type genericType, Annotation[] annotations, MediaType mediaType) {
        return type != String.class
                && type != byte[].class
                && type != Buffer.class
                && !InputStream.class.isAssignableFrom(type)
                && !Reader.class.isAssignableFrom(type);
    }

    @Override
    public Object readFrom(
            Class<Object> type,
            Type genericType,
            Annotation[] annotations,
            MediaType mediaType,
            MultivaluedMap<String, String> headers,
            InputStream body)
            throws IOException {
        var bytes = new Bounded(body, maxBytes).readAllBytes();
        if (bytes.length == 0) {
            throw MALFORMED.because("A JSON body is required").at("", "is missing");
        }
        var value = json.readValue(bytes, json.constructType(genericType));
        if (value == null) {
            throw MALFORMED.because("A JSON body is required").at("", "must not be null");
        }
        return value;
    }

    private static final class Bounded extends FilterInputStream {
        private long left;

        Bounded(InputStream body, long maxBytes) {
            super(body);
            this.left = maxBytes;
        }

        @Override
        public int read() throws IOException {
            return count(super.read(), 1);
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            var read = super.read(buffer, offset, length);
            return count(read, read);
        }

        private int count(int result, int bytes) {
            if (result >= 0) {
                left -= bytes;
                if (left < 0) {
                    throw TOO_LARGE.because("The body is larger than this address takes");
                }
            }
            return result;
        }
    }
}
