package io.souk.testing.architecture.broken.blocking;

import java.util.concurrent.LinkedBlockingQueue;

final class Takes {
    private final LinkedBlockingQueue<String> queue = new LinkedBlockingQueue<>();

    String takes() throws InterruptedException {
        return queue.take();
    }
}
