package io.souk.testing;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Who may do what with a route.
 *
 * @param statuses what each caller is answered, in the callers' order
 */
public record Route(String method, String path, List<Integer> statuses) {
    public Route {
        statuses = List.copyOf(statuses);
    }

    /** One from each line: its method, its path, a status for each caller. */
    public static List<Route> table(String lines) {
        return lines.lines()
                .map(line -> line.strip().split(" +"))
                .map(cells -> new Route(
                        cells[0],
                        cells[1],
                        Arrays.stream(cells).skip(2).map(Integer::valueOf).toList()))
                .toList();
    }

    /** As {@link ApiDocument#operations} names it. */
    public String operation() {
        return method + " " + path;
    }

    /** Each caller tries it, one after the other, and is answered what the table says. */
    public void assertAnswers(List<String> callers, ToIntFunction<String> attempt) {
        assertThat(statuses).as("%s: a status for each caller", operation()).hasSameSizeAs(callers);

        var answered = callers.stream().map(caller -> caller + " " + attempt.applyAsInt(caller));

        assertThat(answered)
                .as(operation())
                .containsExactlyElementsOf(IntStream.range(0, callers.size())
                        .mapToObj(i -> callers.get(i) + " " + statuses.get(i))
                        .toList());
    }
}
