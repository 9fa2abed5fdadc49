package io.souk.orders.payment;

import io.quarkus.arc.All;
import io.quarkus.runtime.Startup;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The installed payment services; two of one name are refused. */
@Startup // when the service starts, not by the first order
@ApplicationScoped
class Providers {
    /** Shorter than the 5 s after which the same payment may be due again. */
    private static final Duration TIMEOUT = Duration.ofSeconds(4);

    private final Map<String, PaymentProvider> byName;

    Providers(@All List<PaymentProvider> installed) {
        byName = installed.stream().collect(Collectors.toUnmodifiableMap(PaymentProvider::name, Function.identity()));
    }

    boolean knows(String name) {
        return byName.containsKey(name);
    }

    /** Whether the provider, which is known, would take that token. */
    boolean takes(PaymentInstruction instruction) {
        return of(instruction.provider()).takes(instruction.token());
    }

    /**
     * The provider's answer, within 4 s. Whatever goes wrong in the provider is a failure of the call and of nothing
     * else.
     */
    <T> Uni<T> ask(PaymentInstruction instruction, Function<PaymentProvider, Uni<T>> call) {
        return Uni.createFrom()
                .deferred(() -> call.apply(of(instruction.provider())))
                .ifNoItem()
                .after(TIMEOUT)
                .fail();
    }

    private PaymentProvider of(String name) {
        var provider = byName.get(name);
        if (provider == null) {
            throw new IllegalStateException("there is no provider " + name);
        }
        return provider;
    }
}
