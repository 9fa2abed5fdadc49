package io.souk.kit.view;

import io.smallrye.mutiny.Uni;
import io.souk.kit.consumer.ForeignSources;
import io.souk.kit.consumer.ForeignSources.ForeignSource;
import io.souk.kit.event.EventsConfig;
import io.souk.kit.protocol.Watermarks;
import io.souk.kit.tenant.Tx;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;

import java.util.HashMap;
import java.util.List;
import java.util.Set;

/** The table {@code source_watermark}. */
@Singleton
final class SourceWatermarkTable implements SourceWatermarks {
    /** Of whom a shard has no row nothing is known. $1 consumers, $2 the topic of each, $3 how many shards there are. */
    private static final String APPLIED = """
            select consumer, topic, min(watermark) as watermark
              from unnest($1::text[], $2::text[]) as wanted (consumer, topic)
              join source_watermark as source using (consumer, topic)
             group by consumer, topic
            having count(*) = $3
            """;

    private final ForeignSources sources;
    private final int shards;

    SourceWatermarkTable(ForeignSources sources, EventsConfig events) {
        this.sources = sources;
        this.shards = events.partitions();
    }

    @Override
    public Uni<Watermarks> applied(Tx tx, Set<String> foreign) {
        if (foreign.isEmpty()) {
            return Uni.createFrom().item(Watermarks.NONE);
        }
        var wanted = sources.all().stream()
                .filter(source -> foreign.contains(source.topic()))
                .toList();
        var values = Tuple.of(
                wanted.stream().map(ForeignSource::consumer).toArray(String[]::new),
                wanted.stream().map(ForeignSource::topic).toArray(String[]::new),
                shards);
        return tx.sql().preparedQuery(APPLIED).execute(values).map(rows -> watermarks(wanted, rows));
    }

    /** Of a topic as much is applied as by the last of those who apply it. */
    private static Watermarks watermarks(List<ForeignSource> wanted, RowSet<Row> rows) {
        var known = new HashMap<ForeignSource, Long>();
        rows.forEach(row -> known.put(
                new ForeignSource(row.getString("consumer"), row.getString("topic")), row.getLong("watermark")));
        var applied = new HashMap<String, Long>();
        wanted.forEach(source -> applied.merge(source.topic(), known.getOrDefault(source, 0L), Math::min));
        return new Watermarks(0, applied);
    }
}
