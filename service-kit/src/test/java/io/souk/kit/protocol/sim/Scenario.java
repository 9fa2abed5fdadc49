package io.souk.kit.protocol.sim;

/** What the schedules are about. */
enum Scenario {
    /** One service, its entries and all that may happen to them. */
    ENTRIES,
    /** The log and the relays alone, with leases that run out under them. */
    RELAYS {
        @Override
        void adjust(Settings settings) {
            settings.entries = false;
            settings.keys = 2;
            settings.netFailures = 12;
            settings.late = Relay.class;
            settings.delicatePauses = 5;
            settings.longestPause = 60;
            settings.leaps = 8;
        }
    },
    /** A second service with foreign state, effects and views of both. */
    CARD {
        @Override
        void adjust(Settings settings) {
            settings.consumer = true;
            settings.sourceEntries = false;
            settings.partitions = 2;
            settings.keys = 2;
            settings.readers = 2;
        }
    },
    /** The same with one aggregate and few faults, so that much happens between the two. */
    NEAR {
        @Override
        void adjust(Settings settings) {
            settings.consumer = true;
            settings.sourceEntries = false;
            settings.relays = 1;
            settings.updaters = 1;
            settings.readers = 2;
            settings.netFailures = 100;
        }
    },
    /** Lists over two shards. */
    LISTS {
        @Override
        void adjust(Settings settings) {
            settings.entries = false;
            settings.lists = true;
            settings.partitions = 2;
            settings.keys = 2;
            settings.relays = 1;
            settings.writers = 1;
            settings.writes = 4;
            settings.failovers = 25;
            settings.netFailures = 60;
        }
    },
    /** Two shards with a slot each, and one is lost. */
    SHARDS {
        @Override
        void adjust(Settings settings) {
            settings.partitions = 2;
            settings.keys = 2;
            settings.relays = 1;
            settings.updaters = 1;
            settings.readers = 2;
            settings.losses = 25;
            settings.failovers = 60;
        }
    },
    /** Databases that lose commits. */
    RESTORES {
        @Override
        void adjust(Settings settings) {
            settings.consumer = true;
            settings.sourceEntries = false;
            settings.relays = 1;
            settings.updaters = 1;
            settings.readers = 1;
            settings.keys = 3;
            settings.writes = 3;
            settings.restores = 8;
            settings.netFailures = 60;
            settings.losses = 400;
        }
    },
    /** Redis is lost again and again, while writers and readers are late. */
    LOSSES {
        @Override
        void adjust(Settings settings) {
            settings.relays = 1;
            settings.writes = 2;
            settings.readers = 2;
            settings.losses = 30;
            settings.evictions = 0;
            settings.failovers = 100;
            settings.netFailures = 100;
            settings.late = Writer.class;
            settings.delicatePauses = 2;
            settings.longestPause = 80;
        }
    },
    /** The same, and readers are late. */
    LATE_READERS {
        @Override
        void adjust(Settings settings) {
            settings.relays = 1;
            settings.updaters = 1;
            settings.readers = 3;
            settings.writes = 2;
            settings.losses = 30;
            settings.evictions = 15;
            settings.failovers = 100;
            settings.netFailures = 15;
            settings.late = Reader.class;
            settings.delicatePauses = 2;
            settings.longestPause = 80;
        }
    },
    /** Generations that are built while the old one is read. */
    REBUILDS {
        @Override
        void adjust(Settings settings) {
            settings.relays = 1;
            settings.updaters = 1;
            settings.readers = 1;
            settings.keys = 3;
            settings.writes = 4;
            settings.late = Updater.class;
            settings.rebuilds = 15;
            settings.losses = 300;
            settings.compactions = 25;
        }
    },
    /** Aggregates come and go for good, and updaters sleep for longer than the log remembers it. */
    PURGES {
        @Override
        void adjust(Settings settings) {
            settings.relays = 1;
            settings.writers = 1;
            settings.updaters = 1;
            settings.readers = 1;
            settings.writes = 5;
            settings.deletions = 2;
            settings.recreations = 5;
            settings.compactions = 8;
            settings.losses = 300;
            settings.late = Updater.class;
            settings.delicatePauses = 2;
            settings.longestPause = 100;
            settings.leaps = 5;
        }
    },
    /** Few changes, many reads. */
    QUIET {
        @Override
        void adjust(Settings settings) {
            settings.relays = 1;
            settings.writers = 1;
            settings.writes = 12;
            settings.evictions = 10;
            settings.crashes = 15;
        }
    };

    /** What a schedule of this scenario contains. */
    Settings settings() {
        var settings = new Settings();
        adjust(settings);
        return settings;
    }

    /** What differs from the usual. */
    void adjust(Settings settings) {}
}
