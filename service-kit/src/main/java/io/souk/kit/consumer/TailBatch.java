package io.souk.kit.consumer;

import io.souk.kit.event.ChangeEvent;

import java.util.List;
import java.util.Map;

/**
 * Some events of a topic.
 *
 * @param events may be empty, when only records without a meaning for the reader were passed
 * @param nextOffsets the next offset to read by partition once this batch is applied: for every partition that has been
 *     read so far. Store them with the index, in the same commit.
 */
public record TailBatch<T>(List<ChangeEvent<T>> events, Map<Integer, Long> nextOffsets) {}
