package io.souk.cli.admin;

import com.fasterxml.jackson.databind.JsonNode;
import io.souk.stack.StackException;

import java.util.List;
import java.util.stream.StreamSupport;

/** Whose caches are meant: the services that have any. */
final class CachedServices {
    private CachedServices() {}

    /** Those that cache something. */
    static List<Administration> of(ServiceOption services) {
        return found(services.administrations().stream()
                .filter(service -> !kinds(service).isEmpty())
                .toList());
    }

    /** Those that cache views of a kind. */
    static List<Administration> of(ServiceOption services, String kind) {
        return found(services.administrations().stream()
                .filter(service -> StreamSupport.stream(kinds(service).spliterator(), false)
                        .anyMatch(one -> one.path("kind").asText().equals(kind)))
                .toList());
    }

    private static JsonNode kinds(Administration service) {
        return service.get(Caches.PATH).path("kinds");
    }

    private static List<Administration> found(List<Administration> services) {
        if (services.isEmpty()) {
            throw new StackException("No service that was asked caches such views.");
        }
        return services;
    }
}
