package io.souk.kit.view;

import io.souk.kit.protocol.Applied;
import io.souk.kit.protocol.LogRecord;
import io.souk.kit.protocol.UpdaterStep.Apply;
import io.souk.kit.view.UpdaterWork.Tools;
import io.vertx.core.Future;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;

import static io.souk.kit.view.ViewMetrics.Path.APPLY;

/** One shard's records on their way into a generation, in their order. For the updater's thread. */
final class ApplyPipeline {
    private final Tools tools;
    private final BiFunction<Keyspace, EntryUpdate, List<Future<?>>> aside;
    private final ShardFeed feed;
    private final Apply<EntryUpdate> step;
    private final Keyspace names;
    private final List<Future<Applied>> answers = new ArrayList<>();

    ApplyPipeline(
            Tools tools,
            BiFunction<Keyspace, EntryUpdate, List<Future<?>>> aside,
            ShardFeed feed,
            Apply<EntryUpdate> step) {
        this.tools = tools;
        this.aside = aside;
        this.feed = feed;
        this.step = step;
        this.names = tools.generations().names(step.following().generation());
    }

    /** Some more of them: its share of commands, or a few more where a change has hints. */
    void send(int share, List<Future<?>> sent) {
        int most = sent.size() + share;
        while (answers.size() < step.records().size() && sent.size() < most) {
            int i = answers.size();
            long prev = i == 0
                    ? step.position().offset()
                    : step.records().get(i - 1).offset();
            var logged = step.records().get(i);
            var answer = tools.log().apply(names, feed.source, feed.shard(), prev, logged);
            answers.add(answer);
            sent.add(answer);
            if (logged.record() instanceof LogRecord.Change<EntryUpdate>(var update)) {
                also(update, answer, sent);
            } else if (logged.record() instanceof LogRecord.Undecodable<EntryUpdate>(var update)) {
                also(update, answer, sent);
            }
        }
    }

    private void also(EntryUpdate update, Future<Applied> answer, List<Future<?>> sent) {
        sent.addAll(aside.apply(names, update));
        var stored = answer.map(Applied.Ok.class::isInstance);
        update.entries().forEach(made -> made.kind().metrics().count(APPLY, stored));
    }

    int sent() {
        return answers.size();
    }

    boolean goesOn() {
        return answers.size() < step.records().size()
                && answers.stream().allMatch(answer -> answer.succeeded() && answer.result() instanceof Applied.Ok);
    }

    void end() {
        var said = new ArrayList<Applied>();
        for (var answer : answers) {
            said.add(answer.succeeded() ? answer.result() : new Applied.NoAnswer());
        }
        if (said.stream().anyMatch(Applied.Gap.class::isInstance)) {
            tools.metrics().gap();
        }
        feed.go(step.applied(said));
    }
}
