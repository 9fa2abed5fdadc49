package io.souk.bench.http;

import java.util.List;
import java.util.Map;

/**
 * What is asked, in turn and again from the start.
 *
 * @param server the process that answers, whose CPU time is counted
 */
public record Target(String name, int port, List<String> paths, Map<String, String> headers, long server) {}
