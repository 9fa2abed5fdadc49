package io.souk.testing.architecture.broken.cycle.left;

import io.souk.testing.architecture.broken.cycle.right.Right;
import org.jspecify.annotations.Nullable;

public final class Left {
    @Nullable
    Right right;
}
