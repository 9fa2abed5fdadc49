package io.souk.chaos.fault;

import io.souk.chaos.fleet.Fleet;
import io.souk.chaos.fleet.Server;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

class FaultPlanTest {
    private static final Duration TEN_MINUTES = Duration.ofMinutes(10);

    @Test
    void givenASeed_whenDrawnTwice_thenTheFaultsAreTheSame() {
        assertThat(FaultPlan.of(7, TEN_MINUTES)).isEqualTo(FaultPlan.of(7, TEN_MINUTES));
    }

    @Test
    void givenTwoSeeds_whenDrawn_thenTheFaultsDiffer() {
        assertThat(FaultPlan.of(7, TEN_MINUTES)).isNotEqualTo(FaultPlan.of(8, TEN_MINUTES));
    }

    @Test
    void givenARoundOfServerFaults_whenDrawn_thenEachServerIsKilledStoppedFrozenAndCutOffOnce() {
        var round = FaultPlan.of(3, TEN_MINUTES).servers().subList(0, 15).stream()
                .map(Planned::fault)
                .toList();

        for (var server : Server.values()) {
            assertThat(round)
                    .contains(
                            new Fault.Kill(server.label()),
                            new Fault.Stop(server.label()),
                            new Fault.Freeze(server.label()))
                    .anyMatch(fault -> fault instanceof Fault.Outage(var struck, var _) && struck == server);
        }
        assertThat(round).contains(new Fault.Flush(), new Fault.Eviction());
    }

    @Test
    void givenARoundOfServiceFaults_whenDrawn_thenEachReplicaAndTheGatewayIsKilledStoppedAndFrozenOnce() {
        var round = FaultPlan.of(3, TEN_MINUTES).services().subList(0, 48).stream()
                .map(Planned::fault)
                .toList();

        for (var node : Stream.concat(FaultPlan.REPLICAS.stream(), Stream.of(Fleet.GATEWAY))
                .toList()) {
            assertThat(round).contains(new Fault.Kill(node), new Fault.Stop(node), new Fault.Freeze(node));
        }
        assertThat(round).doesNotHaveDuplicates();
    }

    @Test
    void givenManyFaults_whenDrawn_thenAFreezeLastsUpToAMinuteAndNothingLonger() {
        var longest = longest(FaultPlan.of(5, TEN_MINUTES));

        assertThat(longest).isBetween(Duration.ofSeconds(30), Duration.ofSeconds(60));
    }

    @Test
    void givenHalfAMinute_whenDrawn_thenNoFaultTakesMoreThanAQuarterOfIt() {
        assertThat(longest(FaultPlan.of(5, Duration.ofSeconds(30)))).isLessThanOrEqualTo(Duration.ofMillis(7_500));
    }

    private static Duration longest(FaultPlan plan) {
        return List.of(plan.servers(), plan.services()).stream()
                .flatMap(List::stream)
                .map(Planned::lasts)
                .max(Duration::compareTo)
                .orElseThrow();
    }
}
