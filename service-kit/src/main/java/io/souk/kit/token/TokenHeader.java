package io.souk.kit.token;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.security.AuthenticationFailedException;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.Base64;
import java.util.Set;

/** The part of a token that is read before it is trusted: which key it claims to be signed with. */
final class TokenHeader {
    private static final ObjectMapper JSON = new ObjectMapper();

    private TokenHeader() {}

    /** Null when it does not say. Fails for what cannot be a signed JWT of ours, so that it costs no key look-up. */
    static @Nullable String keyId(String token, Set<TokenAlgorithm> algorithms) {
        var parts = token.split("\\.", -1);
        if (parts.length != 3 || parts[2].isEmpty()) {
            throw new AuthenticationFailedException("The token is not a signed JWT");
        }
        JsonNode header;
        try {
            header = JSON.readTree(Base64.getUrlDecoder().decode(parts[0]));
        } catch (IOException | IllegalArgumentException unreadable) {
            throw new AuthenticationFailedException("The token is not a signed JWT", unreadable);
        }
        var algorithm = header.path("alg").asText();
        if (algorithms.stream().noneMatch(allowed -> allowed.name().equals(algorithm))) {
            throw new AuthenticationFailedException("The token is not signed with an algorithm that is trusted");
        }
        return header.path("kid").textValue();
    }
}
