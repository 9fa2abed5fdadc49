package io.souk.bench.tables;

/** Where the tables are, and who reads them. */
record Database(int port, String user, String password) {
    static final String HOST = "127.0.0.1";
    static final String NAME = "souk";
}
