package io.souk.bench.imports;

import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What became of the rows, as {@code ./souk load} has printed it. */
record LoadCounts(long created, long updated, long unchanged, long rejected) {
    private static final Pattern LINE =
            Pattern.compile("^(created|updated|unchanged|rejected)\\s+(\\d+)$", Pattern.MULTILINE);

    static LoadCounts parse(String printed) {
        Map<String, Long> counts = LINE.matcher(printed)
                .results()
                .collect(Collectors.toMap(line -> line.group(1), line -> Long.valueOf(line.group(2))));
        return new LoadCounts(
                counts.getOrDefault("created", 0L),
                counts.getOrDefault("updated", 0L),
                counts.getOrDefault("unchanged", 0L),
                counts.getOrDefault("rejected", 0L));
    }

    long rows() {
        return created + updated + unchanged + rejected;
    }
}
