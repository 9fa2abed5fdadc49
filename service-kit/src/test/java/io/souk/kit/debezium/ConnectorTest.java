package io.souk.kit.debezium;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.souk.kit.event.ChangeKind;
import io.souk.kit.event.Envelope;
import io.souk.kit.event.EventRecords;
import io.souk.kit.event.Order;
import io.souk.kit.tenant.TenantId;
import org.apache.kafka.common.header.Header;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

import static io.souk.kit.Things.THING;
import static org.assertj.core.api.Assertions.assertThat;

/** The connector's file against what our own relay sends, and against the tables that it reads. */
class ConnectorTest {
    private static final Pattern COLUMN =
            Pattern.compile("^    ([a-z_]+) +(?:uuid|text|bigint|int|timestamptz)\\b", Pattern.MULTILINE);
    private static final Path MIGRATIONS = Path.of("src/main/resources/db/kit");
    private static final Path FOLDER = Path.of("../deploy/debezium");

    private final JsonNode config;

    ConnectorTest() throws IOException {
        config = new ObjectMapper()
                .readTree(FOLDER.resolve("connector.json").toFile())
                .path("config");
    }

    @Test
    void itSetsEveryHeaderThatTheRelaySetsAndNoOther() {
        var set = new TreeMap<String, String>(constants());
        placements().forEach((column, alias) -> {
            if (!column.equals("shard")) {
                set.put(alias, column);
            }
        });

        assertThat(set.keySet()).isEqualTo(headersOfTheRelay());
        assertThat(set)
                .containsEntry(EventRecords.SPEC_VERSION, "1.0")
                .containsEntry(EventRecords.CONTENT_TYPE, "application/json")
                .containsEntry(EventRecords.SOURCE, "/souk/catalog");
    }

    @Test
    void theColumnsThatItNamesAreInBothTables() throws IOException {
        var named = placements().keySet();

        assertThat(columns("V0001__create_outbox.sql"))
                .containsAll(
                        named.stream().filter(one -> !one.equals("record_key")).toList());
        assertThat(Files.readString(FOLDER.resolve("prepare.sql")))
                .contains("outbox add column if not exists record_key");
        assertThat(columns("V0031__create_relay_heartbeat.sql"))
                .containsAll(named)
                .contains("aggregatetype", "payload");
    }

    @Test
    void itReadsWhatWasPreparedForIt() throws IOException {
        assertThat(config.path("slot.name").asText()).isEqualTo("souk_catalog");
        assertThat(config.path("publication.name").asText()).isEqualTo("souk_catalog");
        assertThat(Files.readString(FOLDER.resolve("prepare.sql"))).contains("'souk_' || service");
    }

    /** Column to header. */
    private Map<String, String> placements() {
        var placements = new HashMap<String, String>();
        for (var placement : config.path("transforms.outbox.table.fields.additional.placement")
                .asText()
                .split(",", -1)) {
            var parts = placement.split(":", -1);
            placements.put(parts[0], parts[parts.length - 1]);
        }
        return placements;
    }

    private Map<String, String> constants() {
        var constants = new HashMap<String, String>();
        for (var transform : config.path("transforms").asText().split(",", -1)) {
            var header = config.path("transforms." + transform + ".header");
            if (!header.isMissingNode()) {
                constants.put(
                        header.asText(),
                        config.path("transforms." + transform + ".value.literal")
                                .asText());
            }
        }
        return constants;
    }

    private static Set<String> headersOfTheRelay() {
        var envelope = new Envelope(
                UUID.randomUUID(),
                THING,
                new TenantId("any"),
                UUID.randomUUID(),
                new Order(1, 1),
                Instant.EPOCH,
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                UUID.randomUUID());
        var record = EventRecords.encode("any", 0, envelope, THING.eventType(ChangeKind.CHANGED), new byte[0]);
        return StreamSupport.stream(record.headers().spliterator(), false)
                .map(Header::key)
                .collect(Collectors.toSet());
    }

    private static Set<String> columns(String migration) throws IOException {
        return COLUMN.matcher(Files.readString(MIGRATIONS.resolve(migration)))
                .results()
                .map(column -> column.group(1))
                .collect(Collectors.toSet());
    }
}
