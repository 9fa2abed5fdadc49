package io.souk.inventory.reservation;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

import java.time.Duration;

@ConfigMapping(prefix = "souk.inventory.reservation")
interface ReservationConfig {
    /**
     * How long an open reservation holds. It must outlive the longest way from placing an order to confirming it, payment
     * time-outs and a short absence of Kafka included; longer only keeps stock of lost orders from others.
     */
    @WithDefault("15m")
    @DurationMin(seconds = 1)
    @DurationMax(days = 30)
    Duration lifetime();

    /**
     * How often the sweep looks for what has run out: a fraction of the second within which it promises to end it. More than half of
     * that would leave too little for the work itself.
     */
    @WithDefault("250ms")
    @DurationMin(millis = 10)
    @DurationMax(millis = 500)
    Duration sweepPause();

    /** How many one sweep ends, of all tenants in turn; a longer backlog is worked off batch after batch, without a pause. */
    @WithDefault("200")
    @Min(1)
    @Max(10_000)
    int sweepBatch();

    /** The longest that a client may ask for at once; whoever needs longer renews. */
    @WithDefault("24h")
    @DurationMin(seconds = 1)
    @DurationMax(days = 30)
    Duration longestLifetime();

    /**
     * How long a customer keeps what it holds, renewed and replaced as often as it likes, from when it began to. What one holds nobody
     * else can buy; who works for the tenant renews without end.
     */
    @WithDefault("24h")
    @DurationMin(seconds = 1)
    @DurationMax(days = 365)
    Duration customerLongest();

    /**
     * How many units of all its lines together a customer may hold by one reservation. As many as a single line of an
     * order has at most; an order of several such lines is more than its customer can hold before.
     */
    @WithDefault("10000")
    @Min(1)
    @Max(100_000_000)
    int customerUnits();

    /** How many open reservations of its own a customer may have when it makes another one: a cart, and some more windows. */
    @WithDefault("20")
    @Min(1)
    @Max(1_000)
    int customerOpen();

    /** How long a cart that meets nobody else's waits for others to share its transaction. */
    @WithDefault("0ms")
    @DurationMin(millis = 0)
    @DurationMax(millis = 1000)
    Duration batchWindow();

    /**
     * How long the next batch waits, at most, for as many as the last one had, if these were a crowd. Too short makes a
     * transaction of each, so that a sale stands in line for one row; whoever came back at once waits for the others.
     */
    @WithDefault("20ms")
    @DurationMin(millis = 0)
    @DurationMax(millis = 1000)
    Duration crowdWindow();

    /** How many carts share a transaction at most: above some hundred the commit is a small part of it already. */
    @WithDefault("128")
    @Min(1)
    @Max(1_000)
    int batchCarts();

    /** How many clients' carts may wait in this process, of all tenants; the next one is told to come again. */
    @WithDefault("2000")
    @Min(1)
    @Max(100_000)
    int batchWaiting();

    /** Of these, those of one tenant, and not more: a sale that needs more of them must leave places for the others' customers. */
    @WithDefault("500")
    @Min(1)
    @Max(100_000)
    int batchWaitingPerTenant();
}
