package io.souk.kit.outbox;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

import java.util.List;

/** Counts what is relayed. */
final class MeasuredLog implements RelayLog {
    private final RelayLog log;
    private final Counter events;
    private final Counter fenced;
    private final Timer commits;

    MeasuredLog(RelayLog log, MeterRegistry metrics) {
        this.log = log;
        events = metrics.counter("souk.relay.events");
        fenced = metrics.counter("souk.relay.fenced");
        commits = metrics.timer("souk.relay.commit");
    }

    @Override
    public void open() {
        log.open();
    }

    @Override
    public void append(List<OutboxRow> rows) throws Fenced {
        var started = Timer.start();
        try {
            log.append(rows);
        } catch (Fenced failure) {
            fenced.increment();
            throw failure;
        }
        started.stop(commits);
        events.increment(rows.size());
    }

    @Override
    public void close() {
        log.close();
    }
}
