package io.souk.cli.local;

import io.souk.stack.StackException;

import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.Executors;

/** Work in threads of its own. */
public final class InParallel {
    private InParallel() {}

    /**
     * Comes back when all is done. Throws the first failure as soon as it happens, and interrupts what is still under way: nobody
     * waits for the rest of a stack of which one part will not come up.
     */
    public static void untilOneFails(List<Runnable> work) {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var ended = new ExecutorCompletionService<Boolean>(threads);
            work.forEach(part -> ended.submit(part, true));
            try {
                for (int i = 0; i < work.size(); i++) {
                    ended.take().get();
                }
            } catch (ExecutionException failure) {
                threads.shutdownNow();
                throw failure.getCause() instanceof RuntimeException known
                        ? known
                        : new IllegalStateException(failure.getCause());
            } catch (InterruptedException _) {
                threads.shutdownNow();
                Thread.currentThread().interrupt();
                throw new StackException("Interrupted.");
            }
        }
    }
}
