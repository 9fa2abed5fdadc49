package io.souk.kit.idempotency;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.mutiny.Uni;
import io.souk.kit.idempotency.IdempotencyRepository.Answered;
import io.souk.kit.idempotency.IdempotencyRepository.Stored;
import io.souk.kit.problem.Problem;
import io.souk.kit.tenant.Tx;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What {@link Idempotency} does for one command, for several of one tenant that share a transaction: each keeps its own key
 * and gets its own answer, and none of them fails the others.
 */
@ApplicationScoped
public class IdempotentBatch {
    private final IdempotencyRepository repository;
    private final ObjectMapper json;
    private final String service;

    IdempotentBatch(
            IdempotencyRepository repository,
            ObjectMapper json,
            @ConfigProperty(name = "souk.service") String service) {
        this.repository = repository;
        this.json = json;
        this.service = service;
    }

    /** A command with its key; equal to no other. */
    public static final class Command {
        private final IdempotencyKey key;
        private final String requestHash;

        private Command(IdempotencyKey key, String requestHash) {
            this.key = key;
            this.requestHash = requestHash;
        }
    }

    /** What a command may do. */
    public sealed interface Claim {
        /** It is the first with its key: it runs now. */
        record Granted() implements Claim {}

        /** It ran before; this was its answer. */
        record Replayed(Answer answer) implements Claim {}

        /** Its key runs at the moment, or belongs to another request. */
        record Refused(Problem problem) implements Claim {}
    }

    /**
     * Before the transaction.
     *
     * @param key the {@code Idempotency-Key} header: 400 without one
     * @param request what makes two requests the same
     */
    public Command command(@Nullable String key, Object request) {
        return new Command(IdempotencyKey.of(key), Fingerprint.of(json.valueToTree(request)));
    }

    /** What each command may do, in their order. A granted one keeps others with its key away until the transaction ends. */
    public Uni<List<Claim>> claim(Tx tx, String operation, List<Command> commands) {
        if (commands.isEmpty()) {
            return Uni.createFrom().item(List.of());
        }
        var first = new HashMap<Long, Command>();
        commands.forEach(command -> first.putIfAbsent(lock(tx, operation, command), command));
        var keys = commands.stream().map(command -> command.key.value()).toList();
        // By two statements: the second one sees what was committed before the first one got its locks.
        return repository
                .tryLockAll(tx, first.keySet())
                .chain(locked -> repository
                        .findAll(tx, operation, keys)
                        .map(stored -> commands.stream()
                                .map(command -> {
                                    long lock = lock(tx, operation, command);
                                    // In this transaction a lock is had twice: of commands with one key, the first one
                                    // runs.
                                    boolean runs = locked.contains(lock) && first.get(lock) == command;
                                    return claim(command, runs, locked.contains(lock), stored);
                                })
                                .toList()));
    }

    private static Claim claim(Command command, boolean runs, boolean locked, Map<String, Stored> stored) {
        @Nullable Stored before = stored.get(command.key.value());
        if (!locked || (before == null && !runs)) {
            return new Claim.Refused(Idempotency.underWay());
        }
        if (before == null) {
            return new Claim.Granted();
        }
        try {
            return new Claim.Replayed(before.replay(command.requestHash));
        } catch (Problem reused) {
            return new Claim.Refused(reused);
        }
    }

    /** Keeps the answers of granted commands; one that gets none may be sent again with its key. */
    public Uni<Void> store(Tx tx, String operation, Map<Command, Answer> answers) {
        return answers.isEmpty()
                ? Uni.createFrom().voidItem()
                : repository.storeAll(
                        tx,
                        operation,
                        answers.entrySet().stream()
                                .map(one -> new Answered(one.getKey().key, one.getKey().requestHash, one.getValue()))
                                .toList());
    }

    private long lock(Tx tx, String operation, Command command) {
        return Idempotency.lock(service, tx, operation, command.key);
    }
}
