package io.souk.testing.architecture.broken.cycle.right;

import io.souk.testing.architecture.broken.cycle.left.Left;
import org.jspecify.annotations.Nullable;

public final class Right {
    @Nullable
    Left left;
}
