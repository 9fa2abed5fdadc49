package io.souk.testing;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jose4j.jwk.HttpsJwks;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.keys.resolvers.HttpsJwksVerificationKeyResolver;
import org.junit.jupiter.api.Test;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.DriverManager;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class SoukServersTest {
    private static final Map<String, String> CONFIG = new SoukServers().start();

    @Test
    void givenAServiceInTest_whenItConnects_thenItsRolesAreThere() throws Exception {
        var url = "jdbc:postgresql://%s:%s/%s"
                .formatted(config("souk.db.host"), config("souk.db.port"), config("souk.db.name"));
        for (var kind : List.of("owner", "app", "worker")) {
            try (var connection =
                    DriverManager.getConnection(url, "catalog_" + kind, config("souk.db." + kind + "-password"))) {
                assertThat(connection.getSchema()).isEqualTo("catalog");
            }
        }
    }

    @Test
    void givenPublishedKeys_whenATokenIsVerified_thenOnlyTheGoodOneIs() throws Exception {
        var keys = config("souk.token.jwks-url");
        var answer = HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(URI.create(keys)).build(), HttpResponse.BodyHandlers.ofString());
        assertThat(answer.body()).contains("RS256").doesNotContain("\"d\"");
        var verifier = new JwtConsumerBuilder()
                .setVerificationKeyResolver(new HttpsJwksVerificationKeyResolver(new HttpsJwks(keys)))
                .setExpectedIssuer(config("souk.token.issuer"))
                .setExpectedAudience(config("souk.token.audience"))
                .setRequireExpirationTime()
                .build();

        var claims = verifier.processToClaims(Tokens.of("t-1", "merchant", "mia", "v-1"));

        assertThat(claims.getClaimsMap())
                .containsEntry("tenant", "t-1")
                .containsEntry("groups", List.of("merchant"))
                .containsEntry("sub", "mia")
                .containsEntry("vendor", "v-1");
        assertThat(verifier.processToClaims(Tokens.withoutTenant("operator")).hasClaim("tenant"))
                .isFalse();
        assertThat(List.of(
                        Tokens.expired("t-1", "admin"),
                        Tokens.unsigned("t-1", "admin"),
                        Tokens.wrongAlgorithm("t-1", "admin"),
                        Tokens.wrongKey("t-1", "admin"),
                        Tokens.tampered("t-1", "t-2", "admin")))
                .allSatisfy(token ->
                        assertThatThrownBy(() -> verifier.process(token)).isInstanceOf(InvalidJwtException.class));
    }

    @Test
    void givenCommittedAndOpenTransactions_whenReadingTheLog_thenOnlyCommittedRecordsAreSeen() throws Exception {
        var topic = EventLog.topic("test", "thing");
        assertThat(EventLog.readAll(topic)).isEmpty();
        var kafka = config("kafka.bootstrap.servers");
        try (var admin = Admin.create(Map.of("bootstrap.servers", kafka))) {
            admin.createTopics(List.of(new NewTopic(topic, 4, (short) 1))).all().get();
        }
        try (var producer = producer(kafka)) {
            producer.initTransactions();
            producer.beginTransaction();
            producer.send(new ProducerRecord<>(topic, 2, "a/1", new byte[] {1})).get();
            producer.send(new ProducerRecord<>(topic, 1, "a/2", new byte[] {2})).get();
            producer.commitTransaction();
            producer.beginTransaction();
            producer.send(new ProducerRecord<>(topic, 3, "a/3", new byte[] {3})).get();

            assertThat(EventLog.readAll(topic))
                    .extracting(record -> record.key())
                    .containsExactly("a/2", "a/1");
            assertThat(EventLog.readAll(topic, "a/1")).hasSize(1);
            producer.abortTransaction();
        }
    }

    private static KafkaProducer<String, byte[]> producer(String kafka) {
        return new KafkaProducer<>(
                Map.of("bootstrap.servers", kafka, "transactional.id", Tenants.fresh()),
                new StringSerializer(),
                new ByteArraySerializer());
    }

    private static String config(String name) {
        return Objects.requireNonNull(CONFIG.get(name), name);
    }
}
