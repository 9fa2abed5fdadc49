package io.souk.gateway;

import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import org.jspecify.annotations.Nullable;

/** A body on its way through, in which each piece is looked at before it is passed on. Back-pressure goes straight through. */
final class WatchedStream implements ReadStream<Buffer> {
    /** Looks at one piece; a failure ends the stream with it and nothing more is passed on. */
    interface Watch {
        @Nullable
        Throwable passing(int bytes);
    }

    private final ReadStream<Buffer> source;
    private final Watch watch;
    private @Nullable Handler<Throwable> exceptionHandler;
    private boolean broken;

    WatchedStream(ReadStream<Buffer> source, Watch watch) {
        this.source = source;
        this.watch = watch;
    }

    @Override
    public ReadStream<Buffer> handler(@Nullable Handler<Buffer> handler) {
        source.handler(handler == null ? null : piece -> pass(piece, handler));
        return this;
    }

    private void pass(Buffer piece, Handler<Buffer> handler) {
        if (broken) {
            return;
        }
        var failure = watch.passing(piece.length());
        if (failure == null) {
            handler.handle(piece);
            return;
        }
        broken = true;
        if (exceptionHandler != null) {
            exceptionHandler.handle(failure);
        }
    }

    @Override
    public ReadStream<Buffer> exceptionHandler(@Nullable Handler<Throwable> handler) {
        exceptionHandler = handler;
        source.exceptionHandler(handler);
        return this;
    }

    @Override
    public ReadStream<Buffer> endHandler(@Nullable Handler<Void> handler) {
        source.endHandler(handler);
        return this;
    }

    @Override
    public ReadStream<Buffer> pause() {
        source.pause();
        return this;
    }

    @Override
    public ReadStream<Buffer> resume() {
        source.resume();
        return this;
    }

    @Override
    public ReadStream<Buffer> fetch(long amount) {
        source.fetch(amount);
        return this;
    }
}
