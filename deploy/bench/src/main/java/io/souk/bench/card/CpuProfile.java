package io.souk.bench.card;

import io.souk.stack.StackException;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Where a JVM spends its CPU time while something runs: its stacks, sampled by the kernel's CPU clock (JEP 509), so that a thread
 * counts for what it computes and not for what it waits.
 *
 * @param shares of all samples, 0 to 1
 */
record CpuProfile(Map<Part, Double> shares, int samples) {
    private static final String EVENT = "jdk.CPUTimeSample";
    private static final String SETTINGS = """
            <?xml version="1.0" encoding="UTF-8"?>
            <configuration version="2.0">
              <event name="%s">
                <setting name="enabled">true</setting>
                <setting name="throttle">2ms</setting>
              </event>
            </configuration>
            """.formatted(EVENT);

    /** @param folder for the recording, which is deleted with it */
    static CpuProfile of(long pid, Path folder, Runnable work) {
        var settings = folder.resolve("profile.jfc");
        var recording = folder.resolve("profile.jfr");
        try {
            Files.writeString(settings, SETTINGS);
            command(pid, "JFR.start", "name=bench", "settings=" + settings);
            work.run();
            command(pid, "JFR.stop", "name=bench", "filename=" + recording);
            return read(RecordingFile.readAllEvents(recording));
        } catch (IOException e) {
            throw new StackException("The profile cannot be taken: %s.".formatted(e.getMessage()), e);
        }
    }

    private static CpuProfile read(List<RecordedEvent> events) {
        var counts = new EnumMap<Part, Integer>(Part.class);
        int samples = 0;
        for (var event : events) {
            if (event.getEventType().getName().equals(EVENT) && event.getStackTrace() != null) {
                counts.merge(Part.of(classes(event)), 1, Integer::sum);
                samples++;
            }
        }
        if (samples == 0) {
            throw new StackException("This JVM takes no CPU time samples.");
        }
        var shares = new EnumMap<Part, Double>(Part.class);
        for (var part : Part.values()) {
            shares.put(part, counts.getOrDefault(part, 0) / (double) samples);
        }
        return new CpuProfile(shares, samples);
    }

    private static List<String> classes(RecordedEvent event) {
        return event.getStackTrace().getFrames().stream()
                .map(frame -> frame.getMethod().getType().getName())
                .toList();
    }

    private static void command(long pid, String... words) throws IOException {
        var line = new ArrayList<String>();
        line.add(Path.of(System.getProperty("java.home"), "bin", "jcmd").toString());
        line.add(Long.toString(pid));
        line.addAll(List.of(words));
        try {
            var process = new ProcessBuilder(line).redirectErrorStream(true).start();
            var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new StackException("%s failed: %s".formatted(String.join(" ", line), said));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StackException("Interrupted while profiling.", e);
        }
    }
}
