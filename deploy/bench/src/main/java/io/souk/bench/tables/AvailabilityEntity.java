package io.souk.bench.tables;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.persistence.AttributeOverride;
import jakarta.persistence.Column;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import org.hibernate.annotations.ColumnTransformer;
import org.hibernate.annotations.Immutable;

import java.util.List;

/** What can be had of a product. Hibernate fills it. */
@Entity
@Immutable
@Table(name = "availability")
@SuppressWarnings("NullAway.Init")
class AvailabilityEntity {
    private static final TypeReference<List<TableCard.Units>> UNITS = new TypeReference<>() {};
    private static final TypeReference<List<TableCard.Standing>> STANDINGS = new TypeReference<>() {};

    @EmbeddedId
    @AttributeOverride(name = "id", column = @Column(name = "product_id"))
    Key key;

    long version;

    @ColumnTransformer(read = "cast(variants as text)")
    String variants;

    @ColumnTransformer(read = "cast(statuses as text)")
    String statuses;

    TableCard.Availability part(ObjectMapper json) {
        try {
            return TableCard.Availability.of(
                    key.id(), version, json.readValue(variants, UNITS), json.readValue(statuses, STANDINGS));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the table's JSON cannot be read", e);
        }
    }
}
