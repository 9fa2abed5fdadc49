package io.souk.kit.view;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

import java.time.Duration;

/** How views are kept fresh, and what a reader may cost the database. */
@ConfigMapping(prefix = "souk.view")
public interface ViewConfig {
    /** Whether a writer puts its own change right after the commit. Default yes; without it own reads see a change some ms later. */
    @WithDefault("true")
    boolean writeThrough();

    /**
     * Transactions with more changes than this leave them to the event path. Default 16: a request's work, not an import's, which
     * would hold up the event loop's readers.
     */
    @WithDefault("16")
    @Min(0)
    @Max(1_000)
    int writeThroughMax();

    /**
     * How many loads may read the database at a time. Default 10, so that four of the 14 connections of the app role remain for
     * writers when every read is a miss; more than the pool has would only queue there.
     */
    @WithDefault("10")
    @Min(1)
    @Max(1_000)
    int loads();

    /** How many more loads may wait for their turn; one more is refused with 503. Default 500, some half a second of reads by key; one tenant may take half of them. */
    @WithDefault("500")
    @Min(0)
    @Max(100_000)
    int waitingLoads();

    /** How long a reader waits for a load, its turn included. Default 2 s; then 503, while the load goes on for those who come later. */
    @WithDefault("2s")
    @DurationMin(millis = 10)
    @DurationMax(minutes = 1)
    Duration loadTimeout();

    /**
     * How long a reader waits for what another replica reads of a cold key; then it reads the database too, and fills nothing. Default
     * 500 ms: well above a read by key, well below {@link #loadTimeout}.
     */
    @WithDefault("500ms")
    @DurationMin(millis = 10)
    @DurationMax(seconds = 10)
    Duration leaseWait();

    /**
     * B: how old an answer may be without saying so. Default 2 s, the service's promise. Less makes more reads go to the database,
     * since heartbeats come at most an eighth of 2 s apart and take their way through the log.
     */
    @WithDefault("2s")
    @DurationMin(millis = 500)
    @DurationMax(minutes = 1)
    Duration bound();

    /**
     * The most that this process' clock may differ from the database's; taken off the bound. Checked each second: nothing is served
     * from Redis while it differs by more. Default 100 ms, easily kept by NTP.
     */
    @WithDefault("100ms")
    @DurationMin(millis = 1)
    @DurationMax(seconds = 30)
    Duration clockSkew();

    /**
     * How long a reader who has seen a newer version waits for it to come to Redis; then the database is read. As long for what it
     * has seen in another service to come to the own tables, or to the search index; then 503. Default 1 s; the event path takes
     * some 10 ms, the two of them to the index some 200 ms.
     */
    @WithDefault("1s")
    @DurationMin(millis = 0)
    @DurationMax(seconds = 10)
    Duration tokenWait();

    /**
     * How long it is remembered that an aggregate does not exist; up to half of it is added at random. Default 20 s. A creation ends
     * it at once; the time only counts when both its put and Kafka fail. What is never created, such as the stock of what is only
     * shown, is read from the tables that often.
     */
    @WithDefault("20s")
    @DurationMin(millis = 10)
    @DurationMax(minutes = 1)
    Duration absence();

    /**
     * How long it is remembered that a lookup key leads nowhere. Default 1 s, half of the time for which a read may be out of date,
     * since nobody can confirm an absence: a key that is used between the look and the note is found that late at worst.
     */
    @WithDefault("1s")
    @DurationMin(millis = 1)
    @DurationMax(seconds = 2)
    Duration lookupAbsence();
}
