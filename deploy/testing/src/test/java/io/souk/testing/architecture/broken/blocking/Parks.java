package io.souk.testing.architecture.broken.blocking;

import java.util.concurrent.locks.LockSupport;

final class Parks {
    void parks() {
        LockSupport.parkNanos(this, 1);
    }
}
