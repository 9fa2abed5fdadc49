package io.souk.chaos.check;

import io.souk.chaos.evidence.Evidence;
import io.souk.chaos.evidence.Fact;
import io.souk.chaos.evidence.Fact.Served;

import java.util.HashMap;
import java.util.Objects;
import java.util.stream.Collectors;

/** 4: no entry is ahead of its row, and an entry, like every answer, says what the owner said of that version. */
final class CacheIsTrue implements Invariant {
    @Override
    public int number() {
        return 4;
    }

    @Override
    public String says() {
        return "Cached version <= database version, same bytes as the database's view of that version";
    }

    @Override
    public Verdict check(Evidence evidence) {
        var count = new Verdict.Count();
        var views =
                evidence.all(Served.class).stream().collect(Collectors.toMap(Served::thing, view -> view, (a, _) -> a));
        for (var entry : evidence.all(Fact.Cached.class)) {
            count.that(
                    !entry.rowOrder().isBefore(entry.order()),
                    () -> "%s is %s in the cache and %s in the database (%s)"
                            .formatted(entry.thing(), entry.order(), entry.rowOrder(), entry.when()));
            var view = views.get(entry.thing());
            if (view != null && view.order().equals(entry.order())) {
                count.that(
                        Objects.equals(view.bytes(), entry.bytes()),
                        () -> "%s %s has other bytes in the cache than the database's view (%s)"
                                .formatted(entry.thing(), entry.order(), entry.when()));
            }
        }
        var said = new HashMap<String, String>();
        for (var record : evidence.log()) {
            if (record.digest() != null) {
                said.put(record.thing() + " " + record.order(), record.digest());
            }
        }
        for (var read : evidence.reads()) {
            for (var part : read.parts()) {
                var digest = said.get(part.thing() + " " + part.order());
                if (digest != null && part.digest() != null) {
                    count.that(
                            digest.equals(part.digest()),
                            () -> "operation %d read %s %s with another content than its event has"
                                    .formatted(read.number(), part.thing(), part.order()));
                }
            }
        }
        return count.verdict();
    }
}
