package io.souk.testing;

import org.junit.jupiter.api.Test;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class DatabaseTest {
    static final String BY_KEY = "select * from fenced where tenant = $1 and name = $2";
    static final String BY_LEAKY = "select * from fenced where tenant = $1 and name like $2";
    static final String BY_ARRAY = "select * from fenced where tenant = $1 and name = any($2::text[]) for update";
    static final String ALL = "select * from fenced";

    @Test
    void leakyConditionsShow() {
        try (var owner = Database.of("catalog", "owner");
                var app = Database.of("catalog", "app").as("t")) {
            owner.update("create table fenced (tenant text, name text collate \"C\", primary key (tenant, name))");
            try {
                owner.update("grant select, update on fenced to catalog_app");
                owner.update("alter table fenced enable row level security");
                owner.update("create policy of_tenant on fenced to catalog_app"
                        + " using (tenant = nullif(current_setting('souk.tenant', true), ''))");

                assertThat(faults(app, "BY_KEY")).isEmpty();
                assertThat(faults(app, "BY_ARRAY")).isEmpty();
                assertThat(faults(app, "BY_LEAKY"))
                        .singleElement()
                        .asString()
                        .startsWith("name does not reach an index");
                assertThat(faults(app, "ALL")).isNotEmpty();
                assertThat(app.plan(DatabaseTest.class.getName(), "ALL").faults("other", "id"))
                        .singleElement()
                        .asString()
                        .startsWith("other is not read");
            } finally {
                owner.update("drop table fenced");
            }
        }
    }

    private static List<String> faults(Database database, String statement) {
        return database.plan(DatabaseTest.class.getName(), statement).faults("fenced", "name");
    }
}
