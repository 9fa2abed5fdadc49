package io.souk.kit.event;

import io.opentelemetry.api.trace.Span;
import org.jspecify.annotations.Nullable;

/** The W3C trace context as text, as events carry it. */
public final class TraceParent {
    private TraceParent() {}

    /** The current span's {@code traceparent}; nothing outside a trace. */
    public static @Nullable String current() {
        var span = Span.current().getSpanContext();
        return span.isValid()
                ? "00-" + span.getTraceId() + "-" + span.getSpanId() + "-"
                        + span.getTraceFlags().asHex()
                : null;
    }
}
