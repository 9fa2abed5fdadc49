package io.souk.orders.payment;

/** What a provider says, made fit to be stored: it is not ours to choose. */
final class ProviderText {
    private static final int MAX_CHARS = 500;

    private ProviderText() {}

    static String storable(String said) {
        var text = said.replace('\0', ' ');
        return text.length() <= MAX_CHARS ? text : text.substring(0, MAX_CHARS);
    }
}
