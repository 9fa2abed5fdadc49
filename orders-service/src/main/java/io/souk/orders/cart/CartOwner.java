package io.souk.orders.cart;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;

/** Whose a cart is. */
public sealed interface CartOwner {
    /**
     * Whoever has a token of that subject.
     *
     * @param subject of the customer's token; stays in this service
     */
    record Customer(String subject) implements CartOwner {}

    /**
     * Whoever bears its token.
     *
     * @param tokenHash SHA-256 of the token, in hexadecimal digits: who reads the table cannot open the cart
     */
    record Guest(String tokenHash) implements CartOwner {
        /** 256 bits of chance: nobody guesses it. */
        private static final int TOKEN_BYTES = 32;

        static String newToken(SecureRandom chance) {
            var random = new byte[TOKEN_BYTES];
            chance.nextBytes(random);
            return Base64.getUrlEncoder().withoutPadding().encodeToString(random);
        }

        static Guest bearing(String token) {
            return new Guest(hash(token));
        }

        boolean bears(String token) {
            return MessageDigest.isEqual(
                    tokenHash.getBytes(StandardCharsets.US_ASCII), hash(token).getBytes(StandardCharsets.US_ASCII));
        }

        private static String hash(String token) {
            try {
                return HexFormat.of()
                        .formatHex(MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8)));
            } catch (NoSuchAlgorithmException impossible) {
                throw new IllegalStateException(impossible);
            }
        }
    }
}
