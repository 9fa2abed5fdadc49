package io.souk.search;

import io.souk.kit.event.AggregateType;
import io.souk.search.document.SearchDocument;
import io.souk.search.document.SearchDocuments;
import io.souk.testing.schema.EventSchemaContract;

import java.util.Map;
import java.util.stream.Collectors;

class EventSchemasTest extends EventSchemaContract {
    EventSchemasTest() {
        super(
                "search",
                new SearchDocuments().types().stream().map(AggregateType::name).collect(Collectors.toSet()),
                Map.of("document", SearchDocument.class));
    }
}
