package io.souk.kit.redis;

import org.jspecify.annotations.Nullable;

import java.net.URI;

/** Where Redis is and how to introduce oneself, read from a URL. */
record RedisAddress(
        String host,
        int port,
        boolean tls,
        @Nullable String user,
        @Nullable String password,
        int database) {
    private static final int DEFAULT_PORT = 6379;

    /** @throws IllegalArgumentException naming what is wrong, without the password */
    static RedisAddress of(String url) {
        URI uri;
        try {
            uri = URI.create(url);
        } catch (IllegalArgumentException notAUri) {
            throw new IllegalArgumentException("souk.redis.url is not a URL"); // the cause would print the password
        }
        boolean tls = "rediss".equals(uri.getScheme());
        if (!tls && !"redis".equals(uri.getScheme())) {
            throw new IllegalArgumentException("souk.redis.url must start with redis:// or rediss://");
        }
        if (uri.getHost() == null) {
            throw new IllegalArgumentException("souk.redis.url names no host");
        }
        int port = uri.getPort() == -1 ? DEFAULT_PORT : uri.getPort();
        var credentials = uri.getUserInfo();
        int colon = credentials == null ? -1 : credentials.indexOf(':');
        var user = credentials == null || colon == 0
                ? null
                : credentials.substring(0, colon < 0 ? credentials.length() : colon);
        var password = credentials == null || colon < 0 ? null : credentials.substring(colon + 1);
        if (user != null && password == null) {
            throw new IllegalArgumentException("souk.redis.url names a user but no password");
        }
        return new RedisAddress(uri.getHost(), port, tls, user, password, database(uri.getPath()));
    }

    private static int database(@Nullable String path) {
        if (path == null || path.isEmpty() || path.equals("/")) {
            return 0;
        }
        try {
            return Integer.parseUnsignedInt(path.substring(1));
        } catch (NumberFormatException notANumber) {
            throw new IllegalArgumentException("souk.redis.url: the database must be a number", notANumber);
        }
    }

    @Override
    public String toString() {
        return host + ":" + port + "/" + database;
    }
}
