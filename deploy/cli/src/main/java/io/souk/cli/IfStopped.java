package io.souk.cli;

import io.souk.stack.StackException;

/** What is done should this program be told to end in the middle of something. Nothing any more once it is closed. */
public record IfStopped(Thread hook) implements AutoCloseable {
    /** Throws when the program is ending already. */
    public static IfStopped run(String name, Runnable work) {
        var hook = new Thread(work, name);
        try {
            Runtime.getRuntime().addShutdownHook(hook);
        } catch (IllegalStateException e) {
            throw new StackException("Interrupted.", e);
        }
        return new IfStopped(hook);
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException _) {
            // the program is ending: the work is under way
        }
    }
}
