package io.souk.cli.events;

import io.souk.cli.local.Component;
import io.souk.cli.local.DataOption;
import io.souk.cli.local.RunState;
import io.souk.stack.StackException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.util.concurrent.Callable;
import java.util.logging.Level;
import java.util.logging.Logger;

@Command(
        name = "events",
        description = "Prints the events of a topic, from its beginning, each in one line of JSON.",
        footer = {"", "Such as: ./souk events souk.orders.order --tenant kosher-market --max 5"})
public final class Events implements Callable<Integer> {
    /** Kept here: the log manager forgets a logger that nobody holds, and its level with it. */
    private static final Logger KAFKA_LOG = Logger.getLogger("org.apache.kafka");

    @Parameters(paramLabel = "TOPIC", description = "souk.<service>.<aggregate>, such as souk.catalog.product")
    private String topic;

    @Option(
            names = {"-f", "--follow"},
            description = "Goes on with what comes, until Ctrl-C.")
    private boolean follow;

    @Option(
            names = {"-n", "--max"},
            paramLabel = "N",
            description = "Stops after so many.")
    private @Nullable Long max;

    @Option(names = "--tenant", paramLabel = "T", description = "Only this tenant's.")
    private @Nullable String tenant;

    @Mixin
    private DataOption data;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        if (max != null && max < 1) {
            throw new ParameterException(spec.commandLine(), "A --max is 1 or more, not %d.".formatted(max));
        }
        KAFKA_LOG.setLevel(Level.OFF); // what goes wrong is said below, in one sentence
        int port = RunState.of(data.folder()).ports().of(Component.KAFKA);
        try (var reader = TopicReader.open("127.0.0.1:" + port, topic)) {
            print(reader);
        } catch (KafkaException failure) {
            throw new StackException(
                    "Kafka does not answer on port %d; ./souk status says more.".formatted(port), failure);
        }
        return 0;
    }

    private void print(TopicReader reader) {
        var out = spec.commandLine().getOut();
        long left = max == null ? Long.MAX_VALUE : max;
        while (left > 0 && (follow || !reader.atEnd())) {
            for (var event : reader.next()) {
                if (left > 0 && isWanted(event)) {
                    out.println(EventLine.of(event));
                    left--;
                }
            }
            out.flush();
        }
    }

    private boolean isWanted(ConsumerRecord<byte[], byte[]> event) {
        return !EventLine.isHeartbeat(event) && (tenant == null || EventLine.isOf(tenant, event));
    }
}
