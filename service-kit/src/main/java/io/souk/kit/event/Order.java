package io.souk.kit.event;

/**
 * The place of a state in its aggregate's history. The version grows by one with each change and never restarts; the
 * epoch is raised when a database is restored, so that what is written afterwards wins over what had been lost.
 */
public record Order(int epoch, long version) implements Comparable<Order> {
    private static final int MAX_EPOCH = 99_999;
    private static final long MAX_VERSION = 999_999_999_999_999L;

    public Order {
        if (epoch < 1 || epoch > MAX_EPOCH || version < 1 || version > MAX_VERSION) {
            throw new IllegalArgumentException("not an order: epoch " + epoch + ", version " + version);
        }
    }

    /** 20 digits, 5 of epoch and 15 of version: their order as text is the order. */
    public String sortable() {
        return padded(epoch, 5) + padded(version, 15);
    }

    @Override
    public int compareTo(Order other) {
        int byEpoch = Integer.compare(epoch, other.epoch);
        return byEpoch != 0 ? byEpoch : Long.compare(version, other.version);
    }

    private static String padded(long number, int digits) {
        var text = Long.toString(number);
        return "0".repeat(digits - text.length()) + text;
    }
}
