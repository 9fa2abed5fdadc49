package io.souk.kit.consumer;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;

/**
 * Waits while the Kafka consumer goes on being polled with all its partitions paused, so that it stays in its group and takes
 * part in rebalances however long the wait is. Used by the consumer's thread only.
 */
final class PolledWaiting implements Waiting {
    private static final long LOOK_MILLIS = 100;

    private final Consumer<byte[], byte[]> kafka;
    private final ReaderMetrics metrics;
    private final BooleanSupplier abandoned;
    private boolean paused;

    /** @param abandoned asked at every look: whether to give up and leave the work undone */
    PolledWaiting(Consumer<byte[], byte[]> kafka, ReaderMetrics metrics, BooleanSupplier abandoned) {
        this.kafka = kafka;
        this.metrics = metrics;
        this.abandoned = abandoned;
    }

    @Override
    public void await(CompletableFuture<?> work) throws ExecutionException, Abandoned {
        while (true) {
            try {
                work.get(LOOK_MILLIS, TimeUnit.MILLISECONDS);
                return;
            } catch (TimeoutException _) {
                lookOrCancel(work);
            } catch (CancellationException _) {
                throw new Abandoned();
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
                work.cancel(false);
                throw new Abandoned();
            }
        }
    }

    @Override
    public void pause(Duration time) throws Abandoned {
        var never = new CompletableFuture<Void>();
        try {
            await(never.completeOnTimeout(null, time.toNanos(), TimeUnit.NANOSECONDS));
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Lets records flow again. */
    void done() {
        if (paused) {
            paused = false;
            kafka.resume(kafka.assignment());
        }
    }

    /** When Kafka's client fails, the reader begins anew, and what runs must not go on beside it. */
    private void lookOrCancel(CompletableFuture<?> work) throws Abandoned {
        try {
            look(work);
        } catch (RuntimeException failure) {
            work.cancel(false);
            throw failure;
        }
    }

    private void look(CompletableFuture<?> work) throws Abandoned {
        if (!paused) {
            paused = true;
            kafka.pause(kafka.assignment());
        }
        putBack(kafka.poll(Duration.ZERO));
        metrics.lag(kafka);
        if (abandoned.getAsBoolean()) {
            work.cancel(false);
            throw new Abandoned();
        }
    }

    /** What a partition gave that was assigned in this very poll comes again later. */
    private void putBack(ConsumerRecords<byte[], byte[]> early) {
        for (var partition : early.partitions()) {
            kafka.seek(partition, early.records(partition).getFirst().offset());
            kafka.pause(Set.of(partition));
        }
    }
}
