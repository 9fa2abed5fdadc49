package io.souk.kit.changes;

import io.souk.kit.event.AggregateType;
import org.apache.kafka.common.TopicPartition;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.zip.CRC32;

/**
 * The service's topics in one fixed order.
 *
 * @param names of the topics, in the order of the aggregates
 * @param tags each names the very log that the topic is now: a topic that was made anew has another one
 */
record FeedTopics(List<AggregateType> aggregates, List<String> names, List<Integer> tags, int partitions) {

    /** @param identities as from {@link io.souk.kit.event.Topics#identities} */
    static FeedTopics of(
            List<AggregateType> aggregates, Map<AggregateType, String> identities, String prefix, int partitions) {
        return new FeedTopics(
                aggregates,
                aggregates.stream().map(aggregate -> aggregate.topic(prefix)).toList(),
                aggregates.stream()
                        .map(aggregate -> tag(String.valueOf(identities.get(aggregate))))
                        .toList(),
                partitions);
    }

    List<TopicPartition> all() {
        return IntStream.range(0, names.size())
                .boxed()
                .flatMap(topic -> IntStream.range(0, partitions).mapToObj(partition -> partition(topic, partition)))
                .toList();
    }

    TopicPartition partition(int topic, int partition) {
        return new TopicPartition(names.get(topic), partition);
    }

    int indexOf(String topic) {
        return names.indexOf(topic);
    }

    private static int tag(String identity) {
        var sum = new CRC32();
        sum.update(identity.getBytes(StandardCharsets.UTF_8));
        return (int) sum.getValue();
    }
}
