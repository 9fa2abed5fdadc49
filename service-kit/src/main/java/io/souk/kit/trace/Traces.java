package io.souk.kit.trace;

import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.context.Context;
import io.smallrye.common.vertx.VertxContext;
import io.smallrye.mutiny.Uni;
import org.jspecify.annotations.Nullable;

import java.util.function.Supplier;
import java.util.regex.Pattern;

/** The present trace as text, and work under a trace that came as text. */
public final class Traces {
    private static final Pattern TRACEPARENT = Pattern.compile("00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})");
    private static final String SCOPE = "io.souk.kit";

    private Traces() {}

    /** The {@code traceparent} to hand on (sampled or not); null outside of any trace. */
    public static @Nullable String currentTraceparent() {
        var span = Span.current().getSpanContext();
        return span.isValid()
                ? "00-" + span.getTraceId() + "-" + span.getSpanId() + "-"
                        + span.getTraceFlags().asHex()
                : null;
    }

    /** Null outside of any trace. */
    public static @Nullable String currentTraceId() {
        var span = Span.current().getSpanContext();
        return span.isValid() ? span.getTraceId() : null;
    }

    /**
     * Runs {@code work} in a consumer span below {@code traceparent}. Costs nothing but a look at the text unless that
     * trace is sampled: what nobody will keep is not traced. What is not a traceparent is ignored.
     */
    public static <T> Uni<T> under(@Nullable String traceparent, String spanName, Supplier<Uni<T>> work) {
        @Nullable SpanContext parent = parse(traceparent);
        if (parent == null || !parent.isSampled()) {
            return work.get();
        }
        return Uni.createFrom().deferred(() -> inSpan(parent, spanName, work));
    }

    private static <T> Uni<T> inSpan(SpanContext parent, String spanName, Supplier<Uni<T>> work) {
        var span = GlobalOpenTelemetry.getTracer(SCOPE)
                .spanBuilder(spanName)
                .setParent(Context.root().with(Span.wrap(parent)))
                .setSpanKind(SpanKind.CONSUMER)
                .startSpan();
        var traced = VertxContext.isOnDuplicatedContext() ? currentUntilDone(span, work) : currentAtStart(span, work);
        return traced.onFailure()
                .invoke(failure -> span.setStatus(StatusCode.ERROR).recordException(failure))
                .onTermination()
                .invoke(() -> span.end());
    }

    /** The span lies in the Vert.x context and stays current through every asynchronous step of the work. */
    @SuppressWarnings("MustBeClosedChecker") // closed on termination, in the context that it was opened in
    private static <T> Uni<T> currentUntilDone(Span span, Supplier<Uni<T>> work) {
        var scope = span.makeCurrent();
        return Uni.createFrom().deferred(work::get).onTermination().invoke(scope::close);
    }

    /** On a plain thread the span is current only until the first asynchronous step: a thread's scope cannot outlive its call. */
    private static <T> Uni<T> currentAtStart(Span span, Supplier<Uni<T>> work) {
        return Uni.createFrom().emitter(emitter -> {
            try (var _ = span.makeCurrent()) {
                work.get().subscribe().with(emitter::complete, emitter::fail);
            }
        });
    }

    /** Whether the trace will be kept; false for what is not a traceparent. */
    public static boolean isSampled(@Nullable String traceparent) {
        @Nullable SpanContext parent = parse(traceparent);
        return parent != null && parent.isSampled();
    }

    static @Nullable SpanContext parse(@Nullable String traceparent) {
        if (traceparent == null) {
            return null;
        }
        var parts = TRACEPARENT.matcher(traceparent);
        if (!parts.matches()) {
            return null;
        }
        var context = SpanContext.createFromRemoteParent(
                parts.group(1), parts.group(2), TraceFlags.fromHex(parts.group(3), 0), TraceState.getDefault());
        return context.isValid() ? context : null;
    }
}
