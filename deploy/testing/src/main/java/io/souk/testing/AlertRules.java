package io.souk.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The alert rules of deploy/observability, held against what a running service tells of itself. */
public final class AlertRules {
    private static final Pattern METRIC = Pattern.compile("\\bsouk_[a-z0-9_]+");
    private static final Pattern GROUPING = Pattern.compile("\\b(?:by|on)\\s*\\(([^)]*)\\)");

    /** A metric and the labels that it is asked for; whose values hold no braces. */
    private static final Pattern SELECTOR = Pattern.compile("\\b(souk_[a-z0-9_]+)\\s*\\{([^}]*)}");

    private static final Pattern MATCHER = Pattern.compile("\\s*([a-z_]+)\\s*(=~|!~|!=|=)\\s*(\"[^\"]*\")\\s*");
    private static final Pattern DURATION = Pattern.compile("[0-9]+[smhd]");

    /** What Prometheus adds to whatever it scrapes. */
    private static final Set<String> OF_THE_SCRAPE = Set.of("job", "instance");

    private static final Set<String> SEVERITIES = Set.of("warning", "critical");

    private final JsonNode groups;

    private AlertRules(JsonNode groups) {
        this.groups = groups;
    }

    /** As they lie in the project. */
    public static AlertRules read() {
        return of(file());
    }

    static AlertRules of(Path file) {
        try {
            return new AlertRules(new YAMLMapper().readTree(file.toFile()).path("groups"));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(file + " cannot be read", unreadable);
        }
    }

    /** What is wrong with a group's rules for a service that tells this; empty when nothing is. */
    public List<String> faults(String group, String metrics) {
        var faults = new ArrayList<String>();
        var rules = groups.valueStream()
                .filter(one -> one.path("name").asText().equals(group))
                .flatMap(one -> one.path("rules").valueStream())
                .toList();
        if (rules.isEmpty()) {
            faults.add("there are no rules in " + group);
        }
        for (var rule : rules) {
            check(rule, metrics, faults);
        }
        return faults;
    }

    private static void check(JsonNode rule, String metrics, List<String> faults) {
        var name = rule.path("alert").asText();
        var expression = rule.path("expr").asText();
        if (!name.matches("Souk[A-Za-z]+")) {
            faults.add("'%s' is no name".formatted(name));
        }
        if (expression.chars().filter(c -> c == '(').count()
                != expression.chars().filter(c -> c == ')').count()) {
            faults.add(name + " has parentheses that do not match");
        }
        if (rule.has("for") && !DURATION.matcher(rule.path("for").asText()).matches()) {
            faults.add(name + " lasts for no duration");
        }
        if (!SEVERITIES.contains(rule.at("/labels/severity").asText())) {
            faults.add(name + " has no severity");
        }
        for (var text : List.of("summary", "description")) {
            if (rule.path("annotations").path(text).asText().isBlank()) {
                faults.add(name + " has no " + text);
            }
        }
        checkMetrics(name, expression, metrics, faults);
        SELECTOR.matcher(expression)
                .results()
                .forEach(selector -> checkSelector(name, selector.group(1), selector.group(2), metrics, faults));
    }

    private static void checkMetrics(String name, String expression, String metrics, List<String> faults) {
        var named =
                METRIC.matcher(expression).results().map(found -> found.group()).collect(Collectors.toSet());
        if (named.isEmpty()) {
            faults.add(name + " asks for no metric of ours");
        }
        for (var metric : named) {
            var samples = samples(metric, metrics);
            if (samples.isEmpty()) {
                faults.add("%s asks for %s, which the service does not have".formatted(name, metric));
            }
            for (var label : labels(expression)) {
                if (samples.stream().noneMatch(line -> line.contains(label + "=\""))) {
                    faults.add("%s groups %s by %s, which it does not have".formatted(name, metric, label));
                }
            }
        }
    }

    /** A value that the metric never has would make a rule that never fires. */
    private static void checkSelector(
            String name, String metric, String matchers, String metrics, List<String> faults) {
        var found = samples(metric, metrics);
        for (var text : matchers.split(",", -1)) {
            var matcher = MATCHER.matcher(text);
            if (!matcher.matches()) {
                faults.add("%s asks %s for '%s', which is no label and its value".formatted(name, metric, text));
                return;
            }
            var label = matcher.group(1);
            var wanted = label + "=" + (matcher.group(2).equals("=") ? matcher.group(3) : "\"");
            if (!OF_THE_SCRAPE.contains(label)) {
                found = found.stream().filter(line -> has(line, wanted)).toList();
            }
        }
        if (found.isEmpty()) {
            faults.add("%s asks for %s{%s}, which it does not have".formatted(name, metric, matchers));
        }
    }

    private static boolean has(String sample, String label) {
        return sample.contains("{" + label) || sample.contains("," + label);
    }

    private static List<String> samples(String metric, String metrics) {
        return metrics.lines()
                .filter(line -> line.startsWith(metric + " ") || line.startsWith(metric + "{"))
                .toList();
    }

    private static Set<String> labels(String expression) {
        var labels = new TreeSet<String>();
        GROUPING.matcher(expression).results().forEach(group -> {
            for (var label : group.group(1).split(",", -1)) {
                labels.add(label.strip());
            }
        });
        labels.removeAll(OF_THE_SCRAPE);
        return labels;
    }

    private static Path file() {
        for (var folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
            var rules = folder.resolve("deploy/observability/alerts.yml");
            if (Files.isRegularFile(rules)) {
                return rules;
            }
        }
        throw new IllegalStateException("there is no deploy/observability/alerts.yml above this folder");
    }
}
